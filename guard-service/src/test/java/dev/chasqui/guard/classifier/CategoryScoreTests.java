package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Category scores of a real, tiny model; it is no guard, so nothing is asked of their values. */
class CategoryScoreTests {

  private static final Path MODEL =
      Path.of(
          "../inference-service/engine/src/test/resources/golden/gguf-04-llama3/model-Q8_0.gguf");
  private static final Policy POLICY =
      PolicySource.parse(
          "test", "id=a\ncategories=S1,S2,S10\ncategory-scores=always\nminimum-verdict-mass=0");

  private final Subject subject = new Subject("r", "t", List.of(new Turn(Side.USER, "Hello")));

  @Test
  void areWhatTheModelNamesBehindTheVerdictEachAskedByItself() throws Exception {
    GuardFormat format = GuardFormat.named(GuardFormat.LLAMA_GUARD_3);
    try (LlamaEngine model = LlamaEngine.open(EngineOptions.of(MODEL).withBackend("scalar"))) {
      CompletableFuture<Verdict> verdict = new CompletableFuture<>();
      new Classifier(model, format).judge(subject, POLICY, verdict::complete);
      Score score = verdict.get(1, TimeUnit.MINUTES).trustedScore().orElseThrow();

      GuardPrompt.Question question =
          new GuardPrompt(format, model.model()).render(POLICY.categories(), subject);
      double sum = 0;
      for (String code : POLICY.codes()) {
        sum += probability(model, question, code);
      }
      for (String code : POLICY.codes()) {
        assertThat(score.categories().get(code))
            .as(code)
            .isPositive()
            .isCloseTo(score.unsafe() * probability(model, question, code) / sum, within(1e-6));
      }
      assertThat(score.categories().values().stream().mapToDouble(part -> part).sum())
          .isCloseTo(score.unsafe(), within(1e-9));
    }
  }

  private static double probability(LlamaEngine model, GuardPrompt.Question question, String code)
      throws Exception {
    CompletableFuture<ScoreEvent> answer = new CompletableFuture<>();
    model.score(
        new ScoreRequest(
            "r", "t", question.prompt(), question.leadIn() + "unsafe\n", List.of(code)),
        answer::complete);
    ScoreEvent.Scored scored = (ScoreEvent.Scored) answer.get(1, TimeUnit.MINUTES);
    return Math.exp(scored.logProbabilities().getFirst());
  }
}
