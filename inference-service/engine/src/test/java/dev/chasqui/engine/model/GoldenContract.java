package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

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

  /** A prefill in two chunks knows how long the sequence is going to be. */
  @Test
  void stretchesByTheLengthOfTheWholeSequence() {
    GoldenModel model = GoldenModel.of("09-dynamic-ntk");
    GoldenModel.Case golden = model.cases().getLast();
    int[] tokens = golden.tokens();
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, backend(), KV)) {
      Slice first = new Slice(0, 64, 0, BLOCKS).ofSequence(tokens.length);
      transformer.forward(new Step(Arrays.copyOf(tokens, 64), List.of(first), new int[0]));
      Slice second = new Slice(0, tokens.length - 64, 64, BLOCKS);
      int[] rest = Arrays.copyOfRange(tokens, 64, tokens.length);
      Logits logits =
          transformer.forward(new Step(rest, List.of(second), new int[] {rest.length - 1}));
      assertThat(deviation(logits.row(0), golden.lastLogits()))
          .isLessThanOrEqualTo(tolerance(model));
    }
  }

  static Stream<GoldenModel> modelsWithContinuations() {
    return Stream.concat(shippedModels(), sharedModels())
        .filter(model -> model.golden().get("prompts").get(0).has("continuation"));
  }

  @ParameterizedTest
  @MethodSource("modelsWithContinuations")
  void givesTheLogProbabilitiesOfTheReference(GoldenModel model) {
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, backend(), KV)) {
      for (JsonNode golden : model.golden().get("prompts")) {
        int[] prompt = ints(golden.get("tokens"));
        int[] answer = ints(golden.get("continuation").get("tokens"));
        int[] all = IntStream.concat(Arrays.stream(prompt), Arrays.stream(answer)).toArray();
        Logits logits = transformer.forward(prefill(all));
        double sum = 0;
        for (int i = 0; i < answer.length; i++) {
          double actual = logProbability(logits.row(prompt.length - 1 + i), answer[i]);
          double expected = golden.get("continuation").get("logprobs").get(i).doubleValue();
          assertThat(actual).isCloseTo(expected, within(2d * tolerance(model)));
          sum += actual;
        }
        assertThat(sum)
            .isCloseTo(
                golden.get("continuation").get("sum").doubleValue(),
                within(2d * answer.length * tolerance(model)));
      }
    }
  }

  static double logProbability(float[] logits, int token) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - logits[token]);
    }
    return -Math.log(sum);
  }

  static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = "12-seqcls")
  void scoresAsTheReferenceWithAClassifierHead(String folder) {
    GoldenModel model = GoldenModel.of(folder);
    try (Checkpoint checkpoint = Checkpoints.open(model.file());
        Transformer transformer = Transformer.load(checkpoint, backend(), KV)) {
      assertThat(checkpoint.config().labels()).isEqualTo(1);
      for (JsonNode golden : model.golden().get("prompts")) {
        int[] tokens = ints(golden.get("tokens"));
        Logits scores = transformer.forward(prefill(tokens));
        for (int row = 0; row < tokens.length; row++) {
          assertThat(scores.row(row)).hasSize(1);
          assertThat(scores.row(row)[0])
              .isCloseTo(golden.get("score_every_position").get(row).floatValue(), within(1e-3f));
        }
      }
    }
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
      next = next(transformer, tokens, Arrays.copyOf(greedy, i + 1));
    }
    return greedy;
  }

  /** Beyond the stable length, what was computed of a sequence is void when a token comes to it. */
  private static int next(Transformer transformer, int[] prompt, int[] answer) {
    int length = prompt.length + answer.length;
    if (length > transformer.config().rope().stableLength()) {
      int[] all = IntStream.concat(Arrays.stream(prompt), Arrays.stream(answer)).toArray();
      return transformer.forward(prefill(all)).argmax(length - 1);
    }
    Slice slice = new Slice(0, 1, length - 1, BLOCKS);
    Step step = new Step(new int[] {answer[answer.length - 1]}, List.of(slice), new int[] {0});
    return transformer.forward(step).argmax(0);
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
