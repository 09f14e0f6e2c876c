package dev.chasqui.engine.runtime;

import static dev.chasqui.engine.runtime.Requests.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.api.TokenIds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScoreTests {

  private static final List<String> VERDICTS = List.of("safe", "unsafe", "unsafe\nS1", "un");

  private final LoopOnThisThread engine = new LoopOnThisThread(GoldenModel.LLAMA_3_2.options());

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void givesTheLogProbabilityOfWholeContinuations() {
    for (int length : new int[] {1, 7, 8, 9, 31, 60}) {
      ScoreEvent.Scored scored = scored(tokens(3, length), "\n\n", VERDICTS);
      List<Double> expected = expected(tokens(3, length), "\n\n", VERDICTS);
      for (int i = 0; i < VERDICTS.size(); i++) {
        assertThat(scored.logProbabilities().get(i)).isEqualTo(expected.get(i), within(1e-5));
      }
    }
  }

  @Test
  void continuationsOfOneTokenTakeOnePrefill() {
    List<String> words = List.of("a", "b", "c");
    scored(tokens(1, 20), "", words);
    assertThat(engine.steps).hasSize(1);
    assertThat(engine.steps.getFirst().rows()).isEqualTo(20);
    assertThat(engine.steps.getFirst().logitRows()).containsExactly(19);
  }

  @Test
  void longerOnesTakeOneStepMore() {
    scored(tokens(1, 20), "", List.of("safe", "unsafe"));
    assertThat(engine.steps.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void theNextScoreFindsThePromptComputed() {
    ScoreEvent.Scored first = scored(tokens(1, 30), "\n\n", VERDICTS);
    int before = engine.steps.size();
    ScoreEvent.Scored second = scored(tokens(1, 30), "\n\n", VERDICTS);
    assertThat(first.cachedPromptTokens()).isZero();
    assertThat(second.cachedPromptTokens()).isGreaterThanOrEqualTo(24);
    assertThat(second.logProbabilities()).isEqualTo(first.logProbabilities());
    assertThat(engine.steps.size() - before).isEqualTo(1);
  }

  @Test
  void returnsItsBlocks() {
    scored(tokens(1, 100), "\n\n", VERDICTS);
    assertThat(engine.cache.freeBlocks()).isEqualTo(128);
    assertThat(engine.sequences()).isZero();
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThat(event(tokens(1, 256), "\n\n", VERDICTS))
        .isInstanceOfSatisfying(
            ScoreEvent.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo("context-length-exceeded"));
    assertThat(event(tokens(1, 2), "\n\n", List.of("")))
        .isInstanceOfSatisfying(
            ScoreEvent.Failed.class,
            failed -> assertThat(failed.message()).contains("continuations is \"\""));
  }

  private ScoreEvent.Scored scored(TokenIds prompt, String leadIn, List<String> continuations) {
    return (ScoreEvent.Scored) event(prompt, leadIn, continuations);
  }

  private ScoreEvent event(TokenIds prompt, String leadIn, List<String> continuations) {
    List<ScoreEvent> events = new ArrayList<>();
    engine.score(
        new ScoreRequest("r", "a", new Prompt.Tokens(prompt), leadIn, continuations), events::add);
    engine.run();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  /** Token by token, each with a prefill of its own. */
  private static List<Double> expected(TokenIds prompt, String leadIn, List<String> texts) {
    List<Double> sums = new ArrayList<>();
    try (LoadedModel model = LoadedModel.open(GoldenModel.LLAMA_3_2.options())) {
      TokenIds before = model.encode(MarkedText.scaffold(leadIn));
      for (String text : texts) {
        TokenIds joined = model.encode(MarkedText.scaffold(leadIn + text));
        double sum = 0;
        for (int i = before.size(); i < joined.size(); i++) {
          TokenIds known = prompt.plus(TokenIds.of(joined.stream().limit(i).toArray()));
          sum += logProbability(model.logits(known).last(), joined.get(i));
        }
        sums.add(sum);
      }
    }
    return sums;
  }

  private static double logProbability(float[] logits, int tokenId) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return logits[tokenId] - Math.log(sum);
  }
}
