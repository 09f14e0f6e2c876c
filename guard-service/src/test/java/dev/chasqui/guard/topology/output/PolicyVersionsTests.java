package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyVersionsTests {

  private static final Policy FIRST = policy("id=shop\nrelease-mode=audit");
  private static final Policy SECOND =
      policy("id=shop\nversion=2\nunsafe-threshold=0.2\nrelease-mode=audit");
  private static final Policies BEFORE = Policies.of(List.of(FIRST), Map.of(), "shop");
  private static final Policies AFTER = BEFORE.with(SECOND);

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    out = new OutputGuard(directory, BEFORE);
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  @Test
  void judgesAnAnswerByTheVersionThatItBeganUnder() {
    begin("a", BEFORE, ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    guard.policies = AFTER;
    guard.engine.score(0.7, 0.3);
    guard.turn();
    out.send(tokens("a", 32, 64), finished("a", FinishReason.STOP));
    guard.engine.score(0.7, 0.3);
    guard.turn();

    assertThat(guard.verdicts())
        .hasSize(2)
        .allMatch(SafetyVerdict::getAdmitted)
        .allMatch(verdict -> verdict.getPolicy().getVersion() == 1);
    out.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(ReleaseMode.class)
  void showsNothingUntilAVersionIsHereThatIsNotYet(ReleaseMode mode) {
    begin("a", AFTER, mode);
    out.send(tokens("a", 0, 32));
    guard.pass(Duration.ofSeconds(20));
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.engine.asked).isEmpty();

    guard.policies = AFTER;
    guard.pass(Duration.ofMillis(200));
    assertThat(guard.responses()).as("judged before it is shown, whatever the mode").isEmpty();
    guard.engine.safe();
    guard.turn();
    out.send(tokens("a", 32, 40), finished("a", FinishReason.STOP));
    guard.engine.safe();
    guard.turn();

    var responses = guard.responses();
    assertThat(responses.getLast().getFinished()).isNotNull();
    assertThat(
            responses.stream()
                .filter(response -> response.getTokens() != null)
                .flatMap(response -> response.getTokens().getTokenIds().stream()))
        .as("without hole or repetition")
        .hasSize(40)
        .isSorted()
        .doesNotHaveDuplicates();
    out.assertNothingStored();
  }

  private void begin(String id, Policies policies, ReleaseMode mode) {
    out.begin(id, Generations.start(policies, "any", mode).build());
  }

  private static Policy policy(String text) {
    return PolicySource.parse("test", text);
  }
}
