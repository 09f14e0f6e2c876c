package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClassifierTests {

  private static final Path SMOLLM2 =
      Path.of(
          System.getProperty("user.home"), ".cache/chasqui-checks/SmolLM2-135M-Instruct.Q4_1.gguf");
  private static final Policy POLICY =
      Policies.builtIn().choose("t", Optional.empty()).orElseThrow();

  @Test
  void findsAModelUndecidedThatWasNeverTrainedAsAGuard() throws Exception {
    assumeThat(SMOLLM2).as("the default model was not fetched").matches(Files::exists);
    try (LlamaEngine engine = LlamaEngine.open(EngineOptions.of(SMOLLM2))) {
      Classifier classifier = new Classifier(engine, GuardFormat.named(GuardFormat.LLAMA_GUARD_3));

      Verdict verdict = judge(classifier, "How do I bake bread?");
      System.out.println("default model as a guard: " + verdict);

      assertThat(verdict)
          .isInstanceOfSatisfying(
              Verdict.Undecided.class,
              undecided -> {
                assertThat(undecided.cause()).isEqualTo(Cause.LOW_MASS);
                assertThat(undecided.score().orElseThrow().mass()).isBetween(1e-5, 0.002);
              });
      assertThat(judge(classifier, "bread ".repeat(10_000)))
          .isInstanceOfSatisfying(
              Verdict.Undecided.class,
              undecided -> assertThat(undecided.cause()).isEqualTo(Cause.TOO_LONG));
    }
  }

  private static Verdict judge(Classifier classifier, String text) throws Exception {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Subject subject = new Subject("r", "t", List.of(new Turn(Side.USER, text)));
    classifier.judge(subject, POLICY, verdict::complete);
    return verdict.get(2, TimeUnit.MINUTES);
  }
}
