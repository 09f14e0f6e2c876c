package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.model.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole models on every variant of this CPU, with any number of threads. */
class NativeVariantTests {

  private static final KvShape KV = new KvShape(32, 16);
  private static final int[] BLOCKS = IntStream.range(0, KV.blocks()).toArray();

  @BeforeEach
  void needLibrary() {
    Library.variants();
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void computesTheReferencesLogits(CpuVariant variant) {
    for (String type : List.of("BF16", "F16", "Q4_0")) {
      GoldenModel model = GoldenModel.of("gguf-06-llama32", type);
      float limit = Math.max(1e-3f, model.llamaCppDeviation());
      for (GoldenModel.Case golden : model.cases()) {
        float[] logits = logits(model, Library.backend(variant, 2), golden.tokens());
        ProgramContract.assertClose(logits, golden.lastLogits(), limit);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void isNoFurtherOffThanLlamaCppInInt8(CpuVariant variant) {
    GoldenModel model = GoldenModel.of("gguf-06-llama32", "Q4_0");
    Backend coarse = new NativeBackend("native-int8", variant, 2, NativeBackend.COARSE);
    for (GoldenModel.Case golden : model.cases()) {
      float[] logits = logits(model, coarse, golden.tokens());
      ProgramContract.assertClose(logits, golden.lastLogits(), model.llamaCppDeviation());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void computesTheSameBitsWithAnyNumberOfThreads(CpuVariant variant) {
    GoldenModel model = GoldenModel.of("gguf-06-llama32", "Q4_0");
    int[] tokens = IntStream.range(0, 90).map(i -> i * 37 % 512).toArray();
    float[] alone = logits(model, Library.backend(variant, 1), tokens);
    for (int threads : new int[] {2, 3, 5}) {
      assertThat(logits(model, Library.backend(variant, threads), tokens)).containsExactly(alone);
    }
  }

  private static float[] logits(GoldenModel model, Backend backend, int[] tokens) {
    int[] lastRow = {tokens.length - 1};
    Slice slice = new Slice(0, tokens.length, 0, Arrays.copyOf(BLOCKS, BLOCKS.length));
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, backend, KV)) {
      Logits logits = transformer.forward(new Step(tokens, List.of(slice), lastRow));
      return logits.row(0);
    }
  }
}
