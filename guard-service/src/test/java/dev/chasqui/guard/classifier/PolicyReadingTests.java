package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineListener.CacheReport;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.ScriptedEngine;
import dev.chasqui.guard.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PolicyReadingTests {

  /** Far longer than it takes. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Path MODEL =
      Path.of(
          "../inference-service/engine/src/test/resources/golden/gguf-04-llama3/model-Q8_0.gguf");

  /** Short enough for a model of few tokens. */
  private static final Policy SHORT = PolicySource.parse("short", "id=short\ncategories=S1");

  private final ScriptedEngine engine = new ScriptedEngine();

  @Test
  void asksOfPromptAndAnswerOfEachTenant() {
    reading(policies(Map.of("acme", "default-guard"))).read(Duration.ZERO);

    assertThat(engine.asked.stream().map(question -> question.request().tenant()))
        .containsExactly("default", "default", "acme", "acme");
    assertThat(engine.asked.get(0).text()).contains("'User' messages");
    assertThat(engine.asked.get(1).text()).contains("'Agent' messages");
  }

  @Test
  void doesNotWaitLongerThanItMay() {
    assertThat(reading(policies(Map.of())).read(Duration.ofMillis(1))).isFalse();
    assertThat(engine.cancelled).as("goes on while the service runs").isEmpty();
  }

  @Test
  void doesNotWaitForAnEngineThatIsGone() {
    engine.broken = true;

    assertThat(reading(policies(Map.of())).read(LONG)).isTrue();
  }

  @Test
  void leavesThePolicyInThePrefixCache() throws Exception {
    AtomicReference<CacheReport> cache = new AtomicReference<>(new CacheReport(0, 0, 0, 0));
    EngineListener listener =
        new EngineListener() {
          @Override
          public void onStep(StepReport step) {
            cache.set(step.cache());
          }
        };
    try (LlamaEngine model =
        LlamaEngine.open(EngineOptions.of(MODEL).withBackend("scalar"), listener)) {
      Classifier classifier = new Classifier(model, GuardFormat.named(GuardFormat.LLAMA_GUARD_3));
      Policies policies = Policies.of(List.of(SHORT), Map.of(), SHORT.id());
      assertThat(new PolicyReading(classifier, policies).read(LONG)).isTrue();
      CacheReport before = cache.get();

      judge(classifier, "How do I bake bread?");

      long lookedUp = cache.get().lookedUpTokens() - before.lookedUpTokens();
      long found = cache.get().hitTokens() - before.hitTokens();
      assertThat(found).as("of %d tokens", lookedUp).isGreaterThan(lookedUp / 2);
    }
  }

  private static void judge(Classifier classifier, String text) throws Exception {
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    Subject subject = new Subject("r", "default", List.of(new Turn(Side.USER, text)));
    classifier.judge(subject, SHORT, verdict::complete);
    verdict.get(1, TimeUnit.MINUTES);
  }

  private PolicyReading reading(Policies policies) {
    return new PolicyReading(
        new Classifier(engine, GuardFormat.named(GuardFormat.LLAMA_GUARD_3)), policies);
  }

  private static Policies policies(Map<String, String> tenants) {
    return Policies.of(PolicySource.builtIn(), tenants, Policies.DEFAULT_ID);
  }
}
