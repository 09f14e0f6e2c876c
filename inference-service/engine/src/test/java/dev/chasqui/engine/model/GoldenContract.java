package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every backend computes the numbers of the reference implementation. */
public abstract class GoldenContract {

  private static final KvShape KV = new KvShape(32, 16);
  private static final int[] BLOCKS = IntStream.range(0, KV.blocks()).map(i -> 31 - i).toArray();

  /** Returns the backend to test. */
  protected abstract Backend backend();

  /** Returns by how much the logits of a model may be off. */
  protected abstract float tolerance(GoldenModel model);

  static Stream<GoldenModel> shippedModels() {
    return GoldenModel.ofResources();
  }

  /** Those that are not shipped. */
  static Stream<GoldenModel> sharedModels() {
    Set<String> shipped = shippedModels().map(GoldenModel::toString).collect(Collectors.toSet());
    return GoldenModel.ofShared().filter(model -> !shipped.contains(model.toString()));
  }

  @ParameterizedTest
  @MethodSource("shippedModels")
  void computesTheLogitsOfTheReference(GoldenModel model) {
    checkLogits(model);
  }

  @ParameterizedTest
  @MethodSource("shippedModels")
  void continuesAsTheReference(GoldenModel model) {
    checkGreedy(model);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("sharedModels")
  void computesAsTheReferenceInEveryType(GoldenModel model) {
    checkLogits(model);
    checkGreedy(model);
  }

  private void checkLogits(GoldenModel model) {
    float tolerance = tolerance(model);
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, backend(), KV)) {
      for (GoldenModel.Case golden : model.cases()) {
        Logits logits = transformer.forward(prefill(golden.tokens()));
        float[] last = logits.row(logits.rows() - 1);
        assertThat(deviation(last, golden.lastLogits()))
            .as("greatest deviation of a logit, %s tokens", golden.tokens().length)
            .isLessThanOrEqualTo(tolerance);
        if (tolerance <= model.tolerance()) {
          int[] best = IntStream.range(0, logits.rows()).map(logits::argmax).toArray();
          assertThat(best).containsExactly(golden.best());
        }
      }
    }
  }

  private void checkGreedy(GoldenModel model) {
    float tolerance = tolerance(model);
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, backend(), KV)) {
      for (GoldenModel.Case golden : model.cases()) {
        int clear = clearSteps(golden, tolerance);
        assertThat(greedy(transformer, golden.tokens(), clear))
            .containsExactly(Arrays.copyOf(golden.greedy(), clear));
      }
    }
  }

  private static int[] greedy(Transformer transformer, int[] tokens, int count) {
    Logits logits = transformer.forward(prefill(tokens));
    int next = logits.argmax(logits.rows() - 1);
    int[] greedy = new int[count];
    for (int i = 0; i < count; i++) {
      greedy[i] = next;
      Slice slice = new Slice(0, 1, tokens.length + i, BLOCKS);
      Step step = new Step(new int[] {next}, List.of(slice), new int[] {0});
      next = transformer.forward(step).argmax(0);
    }
    return greedy;
  }

  /** Steps before the first one whose outcome is within the tolerance. */
  private static int clearSteps(GoldenModel.Case golden, float tolerance) {
    int clear = 0;
    while (clear < golden.margins().length && golden.margins()[clear] > 2 * tolerance) {
      clear++;
    }
    return clear;
  }

  private static Step prefill(int[] tokens) {
    int[] allRows = IntStream.range(0, tokens.length).toArray();
    return new Step(tokens, List.of(new Slice(0, tokens.length, 0, BLOCKS)), allRows);
  }

  private static float deviation(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    float greatest = 0;
    for (int i = 0; i < actual.length; i++) {
      float difference = Math.abs(actual[i] - expected[i]);
      greatest = difference <= greatest ? greatest : difference;
    }
    return greatest;
  }
}
