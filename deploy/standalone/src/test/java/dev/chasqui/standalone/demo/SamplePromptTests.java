package dev.chasqui.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.classifier.DefaultGuard;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.classifier.Side;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.classifier.Turn;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePromptTests {

  private static final Path BASE =
      Path.of(
          System.getProperty("user.home"), ".cache/chasqui-checks/SmolLM2-135M-Instruct.Q4_1.gguf");

  @TempDir private Path directory;

  @Test
  void areJudgedAsTheyAreMeant() throws Exception {
    assumeThat(BASE).as("the default model was not fetched").matches(Files::exists);
    Path adapter = DefaultGuard.unpackInto(directory);
    EngineOptions options = EngineOptions.of(BASE).withAdapters(Map.of(DefaultGuard.NAME, adapter));
    try (LlamaEngine engine = LlamaEngine.open(options)) {
      Classifier classifier =
          new Classifier(
              engine, GuardFormat.named(GuardFormat.DEFAULT_GUARD), Optional.of(DefaultGuard.NAME));
      for (SamplePrompt sample : SamplePrompt.ALL) {
        assertThat(judge(classifier, sample.text()))
            .as(sample.text())
            .isInstanceOf(
                sample.kind() == SamplePrompt.Kind.HARMLESS
                    ? Verdict.Safe.class
                    : Verdict.Unsafe.class);
      }
    }
  }

  private static Verdict judge(Classifier classifier, String text) throws Exception {
    Policy policy =
        Policies.builtIn().choose("t", Optional.of(DefaultGuard.POLICY_ID)).orElseThrow();
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Subject subject = new Subject("r", "t", List.of(new Turn(Side.USER, text)));
    classifier.judge(subject, policy, verdict::complete);
    return verdict.get(2, TimeUnit.MINUTES);
  }
}
