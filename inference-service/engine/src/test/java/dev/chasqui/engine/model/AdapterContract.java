package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.AdapterCheckpoint;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every backend computes adapters as peft does, each row with its own, without merging any. */
public abstract class AdapterContract {

  private static final String BASE = "04-llama3";
  private static final String ALL_LAYERS = "13-lora";
  private static final String TWO_LAYERS = "13b-lora-rslora-qv";
  private static final KvShape KV = new KvShape(96, 16);
  private static final int BLOCKS_EACH = 16;

  /** Returns the backend to test. */
  protected abstract Backend backend();

  /** Returns by how much the logits of a model may be off. */
  protected abstract float tolerance(GoldenModel model);

  @ParameterizedTest
  @ValueSource(strings = {ALL_LAYERS, TWO_LAYERS})
  void computesTheLogitsOfTheReference(String name) {
    GoldenModel golden = GoldenModel.of(name);
    try (Loaded loaded = new Loaded(GoldenModel.of(BASE).file(), name)) {
      for (GoldenModel.Case each : golden.cases()) {
        assertThat(deviation(loaded.last(each.tokens(), 0), each.lastLogits()))
            .isLessThanOrEqualTo(tolerance(golden));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALL_LAYERS, TWO_LAYERS})
  void continuesAsTheReference(String name) {
    try (Loaded loaded = new Loaded(GoldenModel.of(BASE).file(), name)) {
      for (GoldenModel.Case each : GoldenModel.of(name).cases()) {
        assertThat(loaded.greedy(each.tokens(), 0, each.greedy().length))
            .containsExactly(each.greedy());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ALL_LAYERS, TWO_LAYERS})
  void givesTheLogProbabilitiesOfTheReference(String name) {
    GoldenModel golden = GoldenModel.of(name);
    try (Loaded loaded = new Loaded(GoldenModel.of(BASE).file(), name)) {
      for (JsonNode prompt : golden.golden().get("prompts")) {
        int[] tokens = GoldenContract.ints(prompt.get("tokens"));
        int[] answer = GoldenContract.ints(prompt.get("continuation").get("tokens"));
        for (int i = 0; i < answer.length; i++) {
          int[] known =
              IntStream.concat(IntStream.of(tokens), IntStream.of(answer).limit(i)).toArray();
          double actual = GoldenContract.logProbability(loaded.last(known, 0), answer[i]);
          double expected = prompt.get("continuation").get("logprobs").get(i).doubleValue();
          assertThat(actual).isCloseTo(expected, within(2d * tolerance(golden)));
        }
      }
    }
  }

  /**
   * The quantised base is off by what quantising it costs; query and key changes whose rows were
   * not put into the order of a GGUF model would be off by far more.
   */
  @Test
  void changesAQuantisedBaseWhoseRowsAreInAnotherOrder() {
    Path gguf = GoldenModel.of("gguf-04-llama3", "Q8_0").file();
    try (Loaded loaded = new Loaded(gguf, ALL_LAYERS)) {
      for (GoldenModel.Case each : GoldenModel.of(ALL_LAYERS).cases()) {
        assertThat(deviation(loaded.last(each.tokens(), 0), each.lastLogits())).isLessThan(0.3f);
      }
    }
  }

  @Test
  void mixesAdaptersInOneStepAsEachAlone() {
    List<GoldenModel.Case> cases = GoldenModel.of(ALL_LAYERS).cases();
    int[] adapters = {1, Slice.NO_ADAPTER, 0, 1, 0};
    try (Loaded loaded = new Loaded(GoldenModel.of(BASE).file(), ALL_LAYERS, TWO_LAYERS)) {
      List<int[]> prompts =
          IntStream.range(0, adapters.length)
              .mapToObj(i -> cases.get(i % cases.size()).tokens())
              .toList();
      List<float[]> alone = new ArrayList<>();
      for (int i = 0; i < adapters.length; i++) {
        alone.add(loaded.last(prompts.get(i), adapters[i]));
      }
      Logits together = loaded.transformer.forward(mixed(prompts, adapters));
      for (int i = 0; i < adapters.length; i++) {
        assertSame(together.row(i), alone.get(i));
      }
      assertThat(deviation(alone.get(0), loaded.last(prompts.get(0), 0))).isGreaterThan(0.1f);
    }
  }

  /** Bit for bit; see {@link SequenceContract}. */
  protected void assertSame(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected);
  }

  private static Step mixed(List<int[]> prompts, int[] adapters) {
    List<Slice> slices = new ArrayList<>();
    IntStream.Builder tokens = IntStream.builder();
    int[] lastRows = new int[adapters.length];
    int row = 0;
    for (int i = 0; i < adapters.length; i++) {
      int[] prompt = prompts.get(i);
      slices.add(new Slice(row, prompt.length, 0, blocks(i * BLOCKS_EACH), adapters[i]));
      IntStream.of(prompt).forEach(tokens::add);
      row += prompt.length;
      lastRows[i] = row - 1;
    }
    return new Step(tokens.build().toArray(), slices, lastRows);
  }

  @Test
  void refusesAnAdapterOfAnotherModel() {
    assertThatThrownBy(() -> new Loaded(GoldenModel.of("06-llama32").file(), ALL_LAYERS))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("13-lora/adapter_config.json at byte 0")
        .hasMessageContaining("does not fit 06-llama32")
        .hasMessageContaining("its change of blk.0.attn_k.weight is [64, 256], the weight is")
        .hasMessageContaining("expected one of this base model");
  }

  private static int[] blocks(int first) {
    return IntStream.range(first, first + BLOCKS_EACH).toArray();
  }

  static float deviation(float[] actual, float[] expected) {
    float greatest = 0;
    for (int i = 0; i < actual.length; i++) {
      greatest = Math.max(greatest, Math.abs(actual[i] - expected[i]));
    }
    return greatest;
  }

  /** A base model with adapters of the test resources. */
  private final class Loaded implements AutoCloseable {

    private final Checkpoint checkpoint;
    private final List<AdapterCheckpoint> adapters;
    private final Transformer transformer;

    Loaded(Path base, String... names) {
      checkpoint = Checkpoints.open(base);
      adapters =
          Stream.of(names)
              .map(name -> AdapterCheckpoint.open(GoldenModel.of(name).file()))
              .toList();
      transformer = Transformer.load(checkpoint, backend(), KV, adapters);
    }

    float[] last(int[] tokens, int adapter) {
      Slice slice = new Slice(0, tokens.length, 0, blocks(0), adapter);
      return transformer
          .forward(new Step(tokens, List.of(slice), new int[] {tokens.length - 1}))
          .row(0);
    }

    int[] greedy(int[] tokens, int adapter, int count) {
      int[] greedy = new int[count];
      float[] logits = last(tokens, adapter);
      for (int i = 0; i < count; i++) {
        greedy[i] = argmax(logits);
        Slice slice = new Slice(0, 1, tokens.length + i, blocks(0), adapter);
        logits =
            transformer.forward(new Step(new int[] {greedy[i]}, List.of(slice), new int[1])).row(0);
      }
      return greedy;
    }

    private static int argmax(float[] logits) {
      int best = 0;
      for (int i = 1; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
      }
      return best;
    }

    @Override
    public void close() {
      transformer.close();
      adapters.forEach(AdapterCheckpoint::close);
      checkpoint.close();
    }
  }
}
