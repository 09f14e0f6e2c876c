package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyVersionsTests {

  private static final Policy FIRST = policy("id=shop\nunsafe-threshold=0.5");
  private static final Policy SECOND = policy("id=shop\nversion=2\nunsafe-threshold=0.2");
  private static final Policies BEFORE = Policies.of(List.of(FIRST), Map.of(), "shop");
  private static final Policies AFTER = BEFORE.with(SECOND);

  @TempDir Path directory;
  private GuardDriver guard;
  private InputTopology topology;

  @BeforeEach
  void start() {
    guard = new GuardDriver(directory, BEFORE, 1);
    topology = new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE);
    guard.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
  }

  @AfterEach
  void close() {
    guard.close();
    topology.close();
  }

  @Test
  void judgesAPromptByTheVersionThatWasActiveWhenItCame() {
    submit("a");
    guard.policies = AFTER;
    submit("b");

    guard.engine.score(0.7, 0.3);
    guard.turn();
    guard.engine.score(0.7, 0.3);
    guard.turn();

    List<SafetyVerdict> verdicts = guard.verdicts();
    assertThat(verdicts)
        .extracting(verdict -> verdict.getPolicy().getVersion())
        .containsExactly(1, 2);
    assertThat(verdicts).extracting(SafetyVerdict::getAdmitted).containsExactly(true, false);
    assertThat(guard.admissions("small"))
        .singleElement()
        .satisfies(admission ->
            assertThat(admission.getAdmitted().getPolicy().getHash())
                .isEqualTo(FIRST.key().hash()));
  }

  @Test
  void waitsForAVersionThatIsNotHereYetWithoutKeepingOthersWaiting() {
    guard.policies = AFTER;
    submit("a");
    guard.policies = BEFORE;
    guard.restart();
    guard.engine.open.clear();
    submit("b");
    guard.pass(Duration.ofSeconds(20));
    assertThat(guard.engine.open.getFirst().request().requestId()).isEqualTo("b");
    guard.engine.safe();
    guard.turn();
    assertThat(guard.admissions("small")).hasSize(1);

    guard.policies = AFTER;
    guard.pass(Duration.ofMillis(200));
    guard.engine.safe();
    guard.turn();

    assertThat(guard.verdicts()).extracting(SafetyVerdict::getRequestId).containsExactly("b", "a");
    assertThat(guard.admissions("small")).hasSize(1);
  }

  @Test
  void failsClosedWhereTheVersionDoesNotCome() {
    guard.policies = AFTER;
    submit("a");
    guard.policies = BEFORE;
    guard.restart();
    guard.engine.open.clear();
    guard.turn();

    guard.pass(GuardDesk.USUAL_POLICY_WAIT.plusSeconds(1));

    var response = guard.responses().getFirst();
    assertThat(response.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(response.getRejected().getCode()).isEqualTo("undecided");
    assertThat(response.getRejected().getMessage()).contains("shop@2");
    assertThat(guard.engine.open).isEmpty();
    assertThat(guard.stored("pending")).isZero();
  }

  private void submit(String id) {
    guard.pipe(TopicRole.PROMPTS, id, Prompts.prompt(id).build());
  }

  private static Policy policy(String text) {
    return PolicySource.parse("test", text);
  }
}
