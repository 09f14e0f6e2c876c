package dev.chasqui.engine.backend.cuda;

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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped model on a prompt of some 33 tokens: all in one step, and all but its last three
 * tokens, then these one by one. {@link CudaGoldenTests} says more, but takes an emulated device
 * minutes.
 */
class CudaModelTests {

  private static final KvShape KV = new KvShape(32, 16);
  private static final int[] BLOCKS = IntStream.range(0, KV.blocks()).map(i -> 31 - i).toArray();
  private static final int ONE_BY_ONE = 3;
  private static final int MOST_TOKENS = 40;

  static Stream<GoldenModel> models() {
    return GoldenModel.ofResources();
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesTheLogitsOfTheReference(GoldenModel model) {
    Backend cuda = Device.backend();
    GoldenModel.Case golden = mediumPrompt(model);
    int[] tokens = golden.tokens();
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, cuda, KV)) {
      float whole = deviation(run(transformer, tokens, 0), golden.lastLogits());
      int most = Math.max(1, tokens.length - ONE_BY_ONE);
      float[] last = run(transformer, Arrays.copyOf(tokens, most), 0);
      for (int i = most; i < tokens.length; i++) {
        last = run(transformer, new int[] {tokens[i]}, i);
      }
      float inParts = deviation(last, golden.lastLogits());
      System.out.printf(
          "%-24s %3d tokens: off by %.5f in one step, %.5f in several; may be %.5f%n",
          model, tokens.length, whole, inParts, Tolerance.of(model));
      assertThat(Math.max(whole, inParts)).isLessThanOrEqualTo(Tolerance.of(model));
    }
  }

  private static GoldenModel.Case mediumPrompt(GoldenModel model) {
    return model.cases().stream()
        .filter(each -> each.tokens().length <= MOST_TOKENS)
        .max(Comparator.comparing(each -> each.tokens().length))
        .orElseThrow();
  }

  private static float[] run(Transformer model, int[] tokens, int start) {
    Slice slice = new Slice(0, tokens.length, start, BLOCKS);
    Step step = new Step(tokens, List.of(slice), new int[] {tokens.length - 1});
    Logits logits = model.forward(step);
    return logits.row(0);
  }

  /** The greatest one; NaN where there is one. */
  private static float deviation(float[] actual, float[] expected) {
    float greatest = 0;
    for (int id = 0; id < actual.length; id++) {
      float difference = Math.abs(actual[id] - expected[id]);
      greatest = difference <= greatest ? greatest : difference;
    }
    return greatest;
  }
}
