package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.silent;
import static dev.chasqui.guard.topology.output.Generations.text;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.topology.GuardDriver;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputReleaseTests {

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
  void releasesNothingBeforeAWindowIsJudged() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 31));
    assertThat(guard.engine.asked).isEmpty();

    out.send(tokens("a", 31, 32));

    assertThat(guard.engine.open).hasSize(1);
    assertThat(guard.engine.open.peek().conversation())
        .isEqualTo("User: Count!\n\nAgent: " + text(0, 32));
    guard.turn();
    assertThat(guard.responses()).isEmpty();
  }

  @Test
  void releasesAWindowWhenItIsSafe() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 20), tokens("a", 20, 33));
    guard.engine.safe();
    guard.turn();

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.TOKENS);
    assertThat(response.getTenant()).isEqualTo("shop");
    assertThat(response.getTokens().getSequence()).isZero();
    assertThat(response.getTokens().getTokenIds()).hasSize(33).startsWith(0, 1, 2);
    assertThat(response.getTokens().getText()).isEqualTo(text(0, 33));
    assertThat(response.getTokens().getProvisional()).isFalse();
    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getSubject()).isEqualTo(VerdictSubject.RESPONSE);
    assertThat(verdict.getWindow()).isEqualTo(new VerdictWindow(0, 0, 33));
    assertThat(verdict.getAdmitted()).isTrue();
  }

  @Test
  void judgesOneWindowAtATimeAndWhatCameMeanwhileNext() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32), tokens("a", 32, 64), tokens("a", 64, 80));
    assertThat(guard.engine.asked).hasSize(1);

    guard.engine.safe();
    guard.turn();

    assertThat(out.releasedTokens()).isEqualTo(32);
    assertThat(guard.engine.open.peek().conversation()).endsWith("Agent: " + text(0, 80));
    guard.engine.safe();
    guard.turn();
    assertThat(only(guard.responses()).getTokens().getSequence()).isEqualTo(32);
    assertThat(guard.verdicts())
        .extracting(SafetyVerdict::getWindow)
        .containsExactly(new VerdictWindow(0, 0, 32), new VerdictWindow(0, 32, 80));
  }

  @Test
  void finishesAfterTheLastTokensAreJudged() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 10), finished("a", FinishReason.STOP));
    assertThat(guard.responses()).isEmpty();

    guard.engine.safe();
    guard.turn();

    List<ResponseEvent> responses = guard.responses();
    assertThat(responses)
        .extracting(ResponseEvent::getType)
        .containsExactly(ResponseType.TOKENS, ResponseType.FINISHED);
    assertThat(responses.getLast().getFinished().getReason()).isEqualTo(FinishReason.STOP);
    assertThat(responses.getLast().getFinished().getUsage().getCompletionTokens()).isEqualTo(40);
    assertThat(responses.getLast().getMetadata()).isEqualTo(Map.of("label", "x"));
    assertThat(responses.getLast().getPolicy().getPolicyId()).isEqualTo("default");
    out.assertNothingStored();
  }

  @Test
  void stopsAtAnUnsafeWindowAndShowsNothingOfIt() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    guard.engine.safe();
    guard.turn();
    assertThat(out.releasedTokens()).isEqualTo(32);
    out.send(tokens("a", 32, 64), tokens("a", 64, 70));

    guard.engine.unsafe();
    guard.turn();

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(response.getRejected().getCode()).isEqualTo("unsafe-response");
    AdmissionEvent stop = only(guard.admissions("small"));
    assertThat(stop.getStop().getCause()).isEqualTo(StopCause.UNSAFE);
    assertThat(guard.stored("answer-tokens")).isZero();
    assertThat(guard.verdicts().getLast().getOutcome()).isEqualTo(VerdictOutcome.UNSAFE);
  }

  @Test
  void stopsNobodyWhenTheGeneratorHasEndedAlready() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 10), finished("a", FinishReason.STOP));
    guard.engine.unsafe();
    guard.turn();

    assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("unsafe-response");
    assertThat(guard.admissions("small")).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void judgesAFullAnswerByWindowsButReleasesItAtTheEnd() {
    out.begin("a", ReleaseMode.FULL);
    out.send(tokens("a", 0, 32));
    guard.engine.safe();
    guard.turn();
    out.send(tokens("a", 32, 64));
    guard.engine.safe();
    guard.turn();
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.verdicts()).hasSize(2);

    out.send(tokens("a", 64, 70), finished("a", FinishReason.LENGTH));
    guard.engine.safe();
    guard.turn();

    List<ResponseEvent> responses = guard.responses();
    assertThat(responses)
        .extracting(ResponseEvent::getType)
        .containsExactly(ResponseType.TOKENS, ResponseType.FINISHED);
    assertThat(responses.getFirst().getTokens().getText()).isEqualTo(text(0, 70));
    out.assertNothingStored();
  }

  @Test
  void showsNothingOfAFullAnswerThatTurnsUnsafe() {
    out.begin("a", ReleaseMode.FULL);
    out.send(tokens("a", 0, 32));
    guard.engine.safe();
    guard.turn();
    out.send(tokens("a", 32, 64));
    guard.engine.unsafe();
    guard.turn();

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(only(guard.admissions("small")).getStop().getCause()).isEqualTo(StopCause.UNSAFE);
  }

  @Test
  void splitsALongFullAnswerIntoRecordsWithoutHole() {
    out.begin("a", ReleaseMode.FULL);
    for (int from = 0; from < 1200; from += 40) {
      out.send(tokens("a", from, from + 40));
    }
    out.send(finished("a", FinishReason.STOP));
    while (!guard.engine.open.isEmpty()) {
      guard.engine.safe();
      guard.turn();
    }

    List<Integer> ids = new ArrayList<>();
    List<ResponseEvent> responses = guard.responses();
    for (ResponseEvent response : responses.subList(0, responses.size() - 1)) {
      assertThat(response.getTokens().getSequence()).isEqualTo(ids.size());
      ids.addAll(response.getTokens().getTokenIds());
    }
    assertThat(ids).hasSize(1200).isSorted();
    assertThat(responses).hasSize(4);
  }

  @Test
  void endsAnEmptyAnswerWithoutAskingTheGuard() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(finished("a", FinishReason.STOP));
    out.begin("b", ReleaseMode.FULL);
    out.send(silent("b", 0), finished("b", FinishReason.STOP));

    assertThat(guard.responses())
        .extracting(ResponseEvent::getType)
        .containsExactly(ResponseType.FINISHED, ResponseType.TOKENS, ResponseType.FINISHED);
    assertThat(guard.engine.asked).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void judgesNoEndThatBringsNoText() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 32));
    guard.engine.safe();
    guard.turn();

    out.send(silent("a", 32), finished("a", FinishReason.STOP));

    assertThat(guard.engine.asked).hasSize(1);
    assertThat(guard.responses())
        .extracting(ResponseEvent::getType)
        .containsExactly(ResponseType.TOKENS, ResponseType.TOKENS, ResponseType.FINISHED);
  }

  @Test
  void tellsCancelledAndExpiredAnswersFromFinishedOnes() {
    out.begin("a", ReleaseMode.WINDOW);
    out.send(tokens("a", 0, 3), finished("a", FinishReason.CANCELLED));
    guard.engine.safe();
    guard.turn();
    List<ResponseEvent> cancelled = guard.responses();
    assertThat(cancelled.getFirst().getTokens().getText()).isEqualTo(text(0, 3));
    assertThat(cancelled.getLast().getType()).isEqualTo(ResponseType.CANCELLED);
    assertThat(cancelled.getLast().getCancelled().getReason()).isEqualTo("stop!");

    Instant deadline = GuardDriver.BEGIN.plusSeconds(9);
    out.begin("b", out.start(ReleaseMode.WINDOW).setDeadline(deadline).build());
    out.send(finished("b", FinishReason.EXPIRED));
    assertThat(only(guard.responses()).getExpired().getDeadline()).isEqualTo(deadline);
  }

  @Test
  void releasesWhatIsUndecidedUnderDemoOpenAndSaysSo() {
    out.begin("a", Generations.start(OutputGuard.POLICIES, "demo", ReleaseMode.WINDOW).build());
    out.send(tokens("a", 0, 32));
    guard.engine.undecided();
    guard.turn();

    assertThat(out.releasedTokens()).isEqualTo(32);
    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.UNDECIDED);
    assertThat(verdict.getAdmitted()).isTrue();
  }

  @Test
  void writesStateThatGrowsWithTheAnswerOnly() {
    out.begin("short", ReleaseMode.WINDOW);
    long ofShort = stateBytes("short", 500);
    out.begin("longer", ReleaseMode.WINDOW);
    long ofLong = stateBytes("longer", 4000);

    System.out.printf(
        "state of an answer: %.1f bytes a token at 500 tokens, %.1f at 4000%n",
        ofShort / 500.0, ofLong / 4000.0);
    assertThat(ofLong / 4000.0).isLessThan(1.2 * ofShort / 500.0);
  }

  private long stateBytes(String id, int tokens) {
    for (int from = 0; from < tokens; from += 4) {
      out.send(tokens(id, from, from + 4));
      if (!guard.engine.open.isEmpty()) {
        guard.engine.safe();
        guard.turn();
      }
    }
    return guard.changelogBytes("answer-tokens") + guard.changelogBytes("answers");
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
