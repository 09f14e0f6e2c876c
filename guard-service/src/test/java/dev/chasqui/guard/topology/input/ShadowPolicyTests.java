package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.ScriptedEngine;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowPolicyTests {

  private static final Policies POLICIES =
      Policies.of(
          Stream.of("id=shop\nshadows=strict,absent", "id=strict\nversion=3\ncategories=S1")
              .map(text -> PolicySource.parse("test", text))
              .toList(),
          Map.of(),
          "shop");

  @TempDir Path directory;
  private GuardDriver guard;
  private InputTopology topology;

  @BeforeEach
  void start() {
    guard = new GuardDriver(directory, POLICIES, 1);
    topology = new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE);
    guard.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
  }

  @AfterEach
  void close() {
    guard.close();
    topology.close();
  }

  static List<Consumer<ScriptedEngine>> answersOfAShadow() {
    return List.of(
        ScriptedEngine::safe,
        ScriptedEngine::unsafe,
        ScriptedEngine::undecided,
        ScriptedEngine::tooLong,
        engine -> engine.answer(new ScoreEvent.Failed("engine-failed", "gone")),
        engine -> {
          // It never answers.
        });
  }

  @ParameterizedTest
  @MethodSource("answersOfAShadow")
  void changesNothingOfWhatBecomesOfPrompts(Consumer<ScriptedEngine> shadow) {
    submit("a");
    guard.engine.safe();
    guard.turn();
    assertThat(guard.admissions("small")).as("before the shadow has answered").hasSize(1);
    shadow.accept(guard.engine);
    guard.turn();
    submit("b");
    while (!guard.engine.open.getFirst().request().requestId().equals("b")) {
      guard.engine.open.removeFirst();
    }
    guard.engine.unsafe();
    guard.turn();
    if (!guard.engine.open.isEmpty()) {
      shadow.accept(guard.engine);
    }
    guard.pass(Duration.ofMinutes(2));

    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.responses())
        .singleElement()
        .satisfies(response -> {
          assertThat(response.getRequestId()).isEqualTo("b");
          assertThat(response.getRejected().getCode()).isEqualTo("unsafe-prompt");
          assertThat(response.getPolicy().getPolicyId()).isEqualTo("shop");
        });
    assertThat(guard.verdicts().stream().filter(verdict -> !verdict.getShadow()))
        .extracting(SafetyVerdict::getAdmitted)
        .containsExactly(true, false);
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void isRecordedUnderItsOwnNameAndNeverAsIfItHadActed() {
    submit("a");
    guard.engine.safe();
    guard.turn();
    guard.engine.unsafe();
    guard.turn();

    List<SafetyVerdict> verdicts = guard.verdicts();
    assertThat(verdicts).extracting(SafetyVerdict::getShadow).containsExactly(false, true);
    SafetyVerdict shadow = verdicts.getLast();
    assertThat(shadow.getPolicy().getPolicyId()).isEqualTo("strict");
    assertThat(shadow.getPolicy().getVersion()).isEqualTo(3);
    assertThat(shadow.getSubject()).isEqualTo(VerdictSubject.PROMPT);
    assertThat(shadow.getOutcome()).isEqualTo(VerdictOutcome.UNSAFE);
    assertThat(shadow.getAdmitted()).as("what it would have done").isFalse();
  }

  private void submit(String id) {
    guard.pipe(TopicRole.PROMPTS, id, Prompts.prompt(id).build());
  }
}
