package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.failed;
import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.text;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.judging.GuardDesk;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.topics.TopicRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFailureTests {

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    out = new OutputGuard(directory);
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  @Test
  void staysClosedUntilTheGeneratorHasEnded() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    guard.engine.unsafe();
    guard.turn();
    guard.responses();

    out.send(tokens("a", 32, 64));
    guard.restart();
    guard.turn();
    out.send(tokens("a", 64, 96));
    assertThat(guard.stored("answers")).isEqualTo(1);
    out.send(finished("a", FinishReason.CANCELLED));
    guard.turn();

    assertThat(guard.responses()).isEmpty();
    assertThat(guard.engine.asked).hasSize(1);
    assertThat(guard.deadLetters()).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void goesOnAfterACrashWithoutHoleOrRepeat() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    guard.engine.safe();
    guard.turn();
    assertThat(out.releasedTokens()).isEqualTo(32);
    out.send(tokens("a", 32, 60));
    var committed = guard.commit();
    out.send(tokens("a", 60, 70));
    guard.engine.safe();
    guard.turn();
    assertThat(out.releasedTokens()).isEqualTo(38);

    guard.restart(committed);
    guard.turn();
    out.send(tokens("a", 60, 66));

    assertThat(guard.engine.open.peek().conversation()).endsWith("Agent: " + text(0, 66));
    guard.engine.safe();
    guard.turn();
    ResponseEvent again = only(guard.responses());
    assertThat(again.getTokens().getSequence()).isEqualTo(32);
    assertThat(again.getTokens().getText()).isEqualTo(text(32, 66));
  }

  @Test
  void asksAgainAfterARestartWhileTheGuardWasAsked() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 10), finished("a", FinishReason.STOP));
    var question = guard.engine.open.peek();

    guard.restart();
    guard.turn();
    question.listener().onEvent(new ScoreEvent.Failed("cancelled", "of an earlier incarnation"));
    guard.turn();

    assertThat(guard.responses()).isEmpty();
    guard.engine.safe();
    guard.turn();
    assertThat(guard.responses())
        .extracting(ResponseEvent::getType)
        .containsExactly(ResponseType.TOKENS, ResponseType.FINISHED);
  }

  @Test
  void stopsAnUnsafeWindowThatItHadNotJudgedBeforeARestart() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 40));
    guard.restart();
    guard.turn();
    guard.engine.unsafe();
    guard.turn();

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(only(guard.verdicts()).getWindow()).isEqualTo(new VerdictWindow(0, 0, 40));
  }

  @Test
  void failsAtOnceWhenTheGeneratorFails() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32), failed("a"));
    guard.turn();

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.FAILED);
    assertThat(response.getFailed().getCode()).isEqualTo("model-changed");
    assertThat(guard.engine.cancelled).containsExactly("a");
    out.assertNothingStored();
  }

  @Test
  void failsClosedWhateverTheGuardCannotDecide() {
    List<Runnable> failures =
        List.of(
            () -> guard.engine.undecided(),
            () -> guard.engine.score(0.5, Double.NaN),
            () -> guard.engine.answer(new ScoreEvent.Failed("device-lost", "cuda:0 is gone")),
            () -> guard.pass(Duration.ofSeconds(30)));
    for (int i = 0; i < failures.size(); i++) {
      out.begin("a" + i, ReleaseMode.WINDOW);
      out.send(tokens("a" + i, 0, 32));
      failures.get(i).run();
      guard.turn();

      assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("undecided");
      SafetyVerdict verdict = only(guard.verdicts());
      assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNDECIDED);
      assertThat(verdict.getAdmitted()).isFalse();
      assertThat(verdict.getReason()).isNotBlank();
    }
    assertThat(guard.admissions("small")).hasSize(failures.size());
  }

  @Test
  void failsClosedWithoutThePolicyOfTheRequest() {
    PolicyReference changed = new PolicyReference("open", 1, "0".repeat(64));
    out.begin("a", out.start(ReleaseMode.WINDOW).setPolicy(changed).build());
    out.send(tokens("a", 0, 1));
    guard.pass(GuardDesk.USUAL_POLICY_WAIT.minusSeconds(1));
    assertThat(guard.verdicts()).as("it may come yet").isEmpty();
    guard.pass(Duration.ofSeconds(2));

    assertThat(only(guard.responses()).getRejected().getMessage()).contains("open@1");
    assertThat(only(guard.verdicts()).getAdmitted()).isFalse();
    assertThat(guard.engine.asked).isEmpty();
  }

  @Test
  void goesOnWithTheLastTokensWhenTheAnswerOutgrowsTheGuard() {
    out.begin("a", ReleaseMode.WINDOW);
    for (int from = 0; from < 96; from += 32) {
      out.send(tokens("a", from, from + 32));
      guard.engine.safe();
      guard.turn();
    }
    out.send(tokens("a", 96, 128));
    guard.engine.tooLong();
    guard.turn();

    assertThat(guard.engine.open.peek().conversation())
        .isEqualTo("User: Count!\n\nAgent: " + text(64, 128));
    guard.engine.safe();
    guard.turn();
    assertThat(out.releasedTokens()).isEqualTo(128);
    guard.restart();
    guard.turn();
    out.send(tokens("a", 128, 160));
    assertThat(guard.engine.open.peek().conversation()).endsWith("Agent: " + text(64, 160));
  }

  @Test
  void failsClosedWhenNotEvenTheLastTokensFit() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    guard.engine.tooLong();
    guard.turn();

    assertThat(only(guard.responses()).getRejected().getMessage())
        .contains("context-length-exceeded");
  }

  @Test
  void judgesNoMoreAtOnceThanTheLastTokensCanShow() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    for (int from = 32; from < 192; from += 32) {
      out.send(tokens("a", from, from + 32));
    }
    guard.engine.safe();
    guard.turn();
    guard.engine.safe();
    guard.turn();

    assertThat(guard.verdicts())
        .extracting(SafetyVerdict::getWindow)
        .containsExactly(new VerdictWindow(0, 0, 32), new VerdictWindow(0, 32, 96));
  }

  @Test
  void failsAnAnswerWithAHole() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 10), tokens("a", 11, 12));

    assertThat(only(guard.responses()).getFailed().getCode()).isEqualTo("sequence-broken");
    assertThat(only(guard.admissions("small")).getStop().getReason()).isEqualTo("sequence-broken");
    out.send(finished("a", FinishReason.CANCELLED));
    out.assertNothingStored();
  }

  @Test
  void putsEventsOfNoAnswerAside() {
    out.send(tokens("a", 0, 10));
    out.send(finished("a", FinishReason.STOP));
    guard.pipe(TopicRole.GENERATIONS, "b", finished("a", FinishReason.STOP));

    assertThat(guard.deadLetters())
        .extracting(letter -> DeadLetter.read(letter.headers()).orElseThrow().code())
        .containsExactly("unexpected-event", "unexpected-event", "unexpected-event");
    assertThat(guard.responses()).isEmpty();
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
