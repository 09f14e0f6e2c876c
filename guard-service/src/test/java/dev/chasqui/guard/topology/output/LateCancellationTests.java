package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.stopMissed;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewType;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.schemas.topics.TopicRole;
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

/** Cancellations behind the end of the generation. */
class LateCancellationTests {

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    out =
        new OutputGuard(
            directory,
            Policies.of(
                List.of(PolicySource.parse("strict", "id=strict\nreview-threshold=0.2")),
                Map.of(),
                "strict"));
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "WINDOW", "RETRACT"})
  void endsAtOnceWhatWaitsForAPerson(ReleaseMode mode) {
    hold(mode);

    out.send(stopMissed("a"));

    assertThat(seen()).isEqualTo(endOf(mode));
    assertThat(guard.reviews().getLast().getDecided().getDecision())
        .isEqualTo(ReviewDecision.WITHDRAWN);
    assertThat(guard.admissions("small")).as("there is nothing to stop").isEmpty();
    out.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "WINDOW", "RETRACT"})
  void endsAtOnceWhatWaitsForTheGuard(ReleaseMode mode) {
    judge(mode);

    out.send(stopMissed("a"));

    assertThat(seen()).isEqualTo(endOf(mode));
    assertThat(guard.engine.cancelled).containsExactly("a");
    guard.pass(Duration.ofMinutes(1));
    assertThat(seen()).as("no verdict comes behind").isEmpty();
    out.assertNothingStored();
  }

  @Test
  void judgesWhatWasShownForGoodBeforeItEndsAsCancelled() {
    judge(ReleaseMode.AUDIT);

    out.send(stopMissed("a"));
    assertThat(seen()).isEmpty();
    guard.restart();
    guard.turn();
    guard.engine.unsafe();
    guard.turn();

    assertThat(seen()).containsExactly("CANCELLED");
    assertThat(guard.verdicts()).hasSize(1);
    out.assertNothingStored();
  }

  @Test
  void endsAsCancelledUnderAuditAlsoWhereTheGuardKeepsSilent() {
    judge(ReleaseMode.AUDIT);

    out.send(stopMissed("a"));
    guard.pass(Duration.ofSeconds(31));

    assertThat(seen()).containsExactly("CANCELLED");
    out.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "WINDOW", "RETRACT"})
  void doesAgainWhatWasNotCommittedAndNothingTwice(ReleaseMode mode) {
    hold(mode);
    var held = guard.commit();
    out.send(stopMissed("a"));
    List<String> ended = seen();

    guard.restart(held);
    out.send(stopMissed("a"));
    assertThat(seen()).as("crashed before the commit").isEqualTo(ended);

    guard.restart();
    out.send(stopMissed("a"));
    decide();
    guard.pass(Duration.ofHours(25));
    assertThat(seen()).as("committed: whatever comes finds nothing").isEmpty();
    assertThat(guard.deadLetters()).as("the decision alone is put aside").hasSize(1);
    out.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(names = {"WINDOW", "AUDIT"})
  void endsAnAnswerThatItsGeneratorHasForgotten(ReleaseMode mode) {
    begin(mode);
    seen();

    out.send(stopMissed("a"));

    assertThat(seen()).containsExactly("CANCELLED");
    out.assertNothingStored();
  }

  @Test
  void ignoresWhatComesForAnAnswerThatHasEnded() {
    out.begin("a", Generations.start(out.policies(), "shop", ReleaseMode.WINDOW).build());
    out.send(tokens("a", 0, 32), finished("a", FinishReason.STOP));
    guard.engine.safe();
    guard.turn();
    assertThat(seen()).containsExactly("0[0-32)", "FINISHED");

    out.send(stopMissed("a"), stopMissed("nobody"));

    assertThat(seen()).isEmpty();
    assertThat(guard.deadLetters()).isEmpty();
  }

  @Test
  void leavesAStoppedAnswerAsItEnded() {
    out.begin("a", Generations.start(out.policies(), "shop", ReleaseMode.WINDOW).build());
    out.send(tokens("a", 0, 32));
    guard.engine.unsafe();
    guard.turn();
    assertThat(seen()).containsExactly("unsafe-response");

    out.send(finished("a", FinishReason.STOP), stopMissed("a"));

    assertThat(seen()).isEmpty();
    out.assertNothingStored();
  }

  /** What is judged is let through; the rest waits for a person, generated to its end. */
  private void hold(ReleaseMode mode) {
    begin(mode);
    guard.engine.score(0.7, 0.3);
    guard.turn();
    out.send(finished("a", FinishReason.STOP));
    assertThat(guard.reviews()).hasSize(1);
    seen();
  }

  /** The rest waits for the guard, generated to its end. */
  private void judge(ReleaseMode mode) {
    begin(mode);
    out.send(finished("a", FinishReason.STOP));
    assertThat(guard.engine.open).hasSize(1);
    seen();
  }

  private void begin(ReleaseMode mode) {
    out.begin("a", Generations.start(out.policies(), "shop", mode).build());
    out.send(tokens("a", 0, 32));
    guard.engine.safe();
    guard.turn();
    out.send(tokens("a", 32, 64));
    guard.verdicts();
  }

  private static List<String> endOf(ReleaseMode mode) {
    return mode == ReleaseMode.RETRACT ? List.of("0<32", "CANCELLED") : List.of("CANCELLED");
  }

  private List<String> seen() {
    return Seen.of(guard.responses());
  }

  private void decide() {
    guard.pipe(
        TopicRole.REVIEW_DECISIONS,
        "a",
        ReviewEvent.newBuilder()
            .setRequestId("a")
            .setType(ReviewType.DECIDED)
            .setTime(GuardDriver.BEGIN)
            .setDecided(
                ReviewDecided.newBuilder()
                    .setDecision(ReviewDecision.APPROVE)
                    .setReviewer("ann")
                    .setReason("because")
                    .setSubject(VerdictSubject.RESPONSE)
                    .build())
            .build());
  }
}
