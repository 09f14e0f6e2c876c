package dev.chasqui.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ModelFailureException;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.SamplingParameters.Penalties;
import dev.chasqui.engine.api.TokenIds;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SamplerTests {

  private static final float NAN = Float.NaN;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void greedyTakesTheLowestOfTheBest() {
    assertThat(choose(SamplingParameters.GREEDY, 1, 3, 3, 2)).isEqualTo(1);
  }

  @Test
  void greedyHeedsBiasAndPenalties() {
    SamplingParameters biased =
        new SamplingParameters(0, 0, 1, 0, Penalties.NONE, Map.of(0, 5f), 0);
    assertThat(choose(biased, 1, 3, 3, 2)).isZero();

    AnswerDraw draw = draw(parameters(0, new Penalties(1, 0, 0.75f)));
    Sampler sampler = new Sampler(3);
    float[] logits = {1, 2, 0};
    draw.accept(1);
    assertThat(sampler.choose(logits, draw)).isEqualTo(1);
    draw.accept(1);
    assertThat(sampler.choose(logits, draw)).isZero();
    assertThat(logits).containsExactly(1, 2, 0);
  }

  @Test
  void presenceCountsTheAnswerOnlyAndRepetitionThePromptToo() {
    TokenIds prompt = TokenIds.of(0, 0);
    AnswerDraw presence = new AnswerDraw(parameters(0, new Penalties(1, 2, 0)), 0, prompt);
    assertThat(new Sampler(2).choose(new float[] {2, 1}, presence)).isZero();
    AnswerDraw repetition = new AnswerDraw(parameters(0, new Penalties(2, 0, 0)), 0, prompt);
    assertThat(new Sampler(2).choose(new float[] {1.5f, 1}, repetition)).isEqualTo(1);
  }

  @Test
  void aGreedyDrawTakesWhatTheBackendFoundAndAnyOtherDrawLooksItself() {
    LogitRow row =
        new LogitRow() {
          @Override
          public float[] values() {
            return new float[] {1, 3, 2};
          }

          @Override
          public int greatest() {
            return 2;
          }
        };
    AnswerDraw plain = new AnswerDraw(parameters(0, Penalties.NONE), 0, TokenIds.of(0));
    assertThat(new Sampler(3).choose(row, plain)).isEqualTo(2);
    AnswerDraw penalised = new AnswerDraw(parameters(0, new Penalties(1, 2, 0)), 0, TokenIds.of(0));
    assertThat(new Sampler(3).choose(row, penalised)).isEqualTo(1);
  }

  @Test
  void aResumedDrawGoesOnAsIfItHadNotStopped() {
    SamplingParameters parameters =
        new SamplingParameters(1, 20, 0.9f, 0, new Penalties(1.1f, 0.2f, 0.1f), Map.of(), 42);
    int[] whole = drawn(draw(parameters), 30);
    AnswerDraw resumed = draw(parameters);
    for (int i = 0; i < 12; i++) {
      resumed.accept(whole[i]);
    }
    for (int i = 12; i < 30; i++) {
      int token = new Sampler(64).choose(logits(i), resumed);
      assertThat(token).isEqualTo(whole[i]);
      resumed.accept(token);
    }
  }

  @Test
  void drawsByTheProbabilities() {
    float[] logits = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
    AnswerDraw draw = draw(parameters(1, Penalties.NONE));
    Sampler sampler = new Sampler(3);
    int[] counts = new int[3];
    for (int i = 0; i < 20_000; i++) {
      counts[sampler.choose(logits, draw)]++;
      draw.accept(0);
    }
    assertThat(counts[0] / 20_000.0).isEqualTo(0.5, within(0.015));
    assertThat(counts[1] / 20_000.0).isEqualTo(0.3, within(0.015));
  }

  @Test
  void choicesAndSeedsDrawApart() {
    SamplingParameters flat = parameters(1, Penalties.NONE);
    int[] first = drawn(new AnswerDraw(flat, 0, TokenIds.empty()), 40);
    int[] second = drawn(new AnswerDraw(flat, 1, TokenIds.empty()), 40);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void topPOverALargeVocabularyEqualsASort() {
    Random random = new Random(3);
    float[] logits = new float[5000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (random.nextGaussian() * 3);
    }
    SamplingParameters parameters =
        new SamplingParameters(1, 0, 0.8f, 0, Penalties.NONE, Map.of(), 1);
    double[] actual = new Sampler(5000).probabilities(logits, draw(parameters));
    double[] all = new Sampler(5000).probabilities(logits, draw(parameters(1, Penalties.NONE)));
    Integer[] order = new Integer[5000];
    java.util.Arrays.setAll(order, i -> i);
    java.util.Arrays.sort(order, (a, b) -> Double.compare(all[b], all[a]));
    double before = 0;
    for (int id : order) {
      assertThat(actual[id] > 0).isEqualTo(before < 0.8f);
      before += all[id];
    }
  }

  @Test
  void refusesLogitsThatAreNoNumbers() {
    SamplingParameters drawn = parameters(1, Penalties.NONE);
    assertThatThrownBy(() -> choose(SamplingParameters.GREEDY, NAN, 1))
        .isInstanceOf(ModelFailureException.class)
        .hasMessageContaining("token 0 is NaN");
    assertThatThrownBy(() -> choose(drawn, 1, 2, NAN)).hasMessageContaining("token 2 is NaN");
    assertThatThrownBy(() -> choose(drawn, 1, INFINITY)).hasMessageContaining("Infinity");
    assertThatThrownBy(() -> choose(drawn, -INFINITY, -INFINITY)).hasMessageContaining("-Infinity");
  }

  @Test
  void neverDrawsAnImpossibleToken() {
    AnswerDraw draw = draw(parameters(1, Penalties.NONE));
    Sampler sampler = new Sampler(3);
    for (int i = 0; i < 1000; i++) {
      assertThat(sampler.choose(new float[] {-INFINITY, 0, -INFINITY}, draw)).isEqualTo(1);
      draw.accept(1);
    }
  }

  @Test
  void refusesABiasOutsideTheVocabulary() {
    SamplingParameters biased =
        new SamplingParameters(0, 0, 1, 0, Penalties.NONE, Map.of(9, 5f), 0);
    assertThatThrownBy(() -> AnswerDraw.check(biased, 9))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("logit-bias is {9: 5.0}: token ids lie in [0, 8]");
  }

  private static SamplingParameters parameters(float temperature, Penalties penalties) {
    return new SamplingParameters(temperature, 0, 1, 0, penalties, Map.of(), 7);
  }

  private static AnswerDraw draw(SamplingParameters parameters) {
    return new AnswerDraw(parameters, 0, TokenIds.empty());
  }

  private static int choose(SamplingParameters parameters, float... logits) {
    return new Sampler(logits.length).choose(logits, draw(parameters));
  }

  private static int[] drawn(AnswerDraw draw, int count) {
    int[] tokens = new int[count];
    Sampler sampler = new Sampler(64);
    for (int i = 0; i < count; i++) {
      tokens[i] = sampler.choose(logits(i), draw);
      draw.accept(tokens[i]);
    }
    return tokens;
  }

  private static float[] logits(int step) {
    Random random = new Random(step);
    float[] logits = new float[64];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (random.nextGaussian() * 2);
    }
    return logits;
  }
}
