package dev.chasqui.guard.topology.output;

import static dev.chasqui.guard.topology.output.Generations.finished;
import static dev.chasqui.guard.topology.output.Generations.text;
import static dev.chasqui.guard.topology.output.Generations.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.ReviewType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.topics.TopicRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerReviewTests {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @TempDir Path directory;
  private OutputGuard out;
  private GuardDriver guard;

  @BeforeEach
  void open() {
    String band = "\nreview-threshold=0.2\nreview-timeout=PT10M";
    out =
        new OutputGuard(
            directory,
            Policies.of(
                List.of(
                    PolicySource.parse("strict", "id=strict" + band),
                    PolicySource.parse("mild", "id=mild\nreview-unanswered=approve" + band)),
                Map.of("mild", "mild"),
                "strict"));
    guard = out.driver;
  }

  @AfterEach
  void close() {
    out.close();
  }

  @Test
  void asksAboutTheWindowInTheTransactionOfItsVerdict() {
    hold(ReleaseMode.WINDOW, "shop");

    SafetyVerdict verdict = guard.verdicts().getLast();
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.REVIEW);
    assertThat(verdict.getAdmitted()).isFalse();
    ReviewEvent event = only(guard.reviews());
    ReviewRequested asked = event.getRequested();
    assertThat(event.getRequestId()).isEqualTo("a");
    assertThat(asked.getSubject()).isEqualTo(VerdictSubject.RESPONSE);
    assertThat(asked.getText()).isEqualTo(text(32, 64));
    assertThat(asked.getContext()).contains("USER: Count!", "ASSISTANT: " + text(0, 64));
    assertThat(asked.getWindow()).isEqualTo(new VerdictWindow(0, 32, 64));
    assertThat(asked.getScore()).isCloseTo(0.3, within(1e-6));
    assertThat(asked.getNumber()).isEqualTo(1);
    assertThat(asked.getTenant()).isEqualTo("shop");
    assertThat(asked.getExpiry()).isEqualTo(verdict.getTime().plus(TIMEOUT));
  }

  @Test
  void releasesNothingOfAHeldWindowOrBehindItUntilItIsApproved() {
    hold(ReleaseMode.WINDOW, "shop");

    out.send(tokens("a", 64, 100));
    guard.turn();
    assertThat(guard.engine.open).as("judged no further").isEmpty();
    assertThat(seen()).isEmpty();
    assertThat(guard.admissions("small")).as("the generator goes on").isEmpty();

    decide(ReviewDecision.APPROVE);

    assertThat(seen()).containsExactly("0[32-64)");
    assertThat(guard.reviews().getLast().getDecided().getReviewer()).isEqualTo("ann");
    safe();
    out.send(finished("a", FinishReason.STOP));
    assertThat(seen()).containsExactly("0[64-100)", "FINISHED");
    out.assertNothingStored();
  }

  @Test
  void holdsTheFinalUnderFull() {
    hold(ReleaseMode.FULL, "shop");
    out.send(finished("a", FinishReason.STOP));
    guard.turn();
    assertThat(seen()).isEmpty();

    decide(ReviewDecision.APPROVE);

    assertThat(seen()).containsExactly("0[0-64)", "FINISHED");
    out.assertNothingStored();
  }

  @Test
  void takesProvisionalTokensBackWhenAPersonRejectsTheirWindow() {
    hold(ReleaseMode.RETRACT, "shop");
    out.send(tokens("a", 64, 70));
    assertThat(seen()).as("shown meanwhile").containsExactly("0[64-70)?");

    decide(ReviewDecision.REJECT);

    assertThat(seen()).containsExactly("0<32", "review-rejected");
    assertThat(only(guard.admissions("small")).getStop().getCause()).isEqualTo(StopCause.UNSAFE);
    out.send(tokens("a", 70, 80), finished("a", FinishReason.CANCELLED));
    assertThat(seen()).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void onlyRecordsUnderAudit() {
    out.begin("a", start(ReleaseMode.AUDIT, "shop"));
    out.send(tokens("a", 0, 32));
    review();

    assertThat(guard.verdicts().getLast())
        .returns(VerdictOutcome.REVIEW, SafetyVerdict::getOutcome)
        .returns(true, SafetyVerdict::getAdmitted);
    assertThat(guard.reviews()).isEmpty();
    out.send(finished("a", FinishReason.STOP));
    assertThat(seen()).containsExactly("0[0-32)", "FINISHED");
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "WINDOW", "RETRACT"})
  void stopsWhatAPersonRejectsWithTheReasonAlone(ReleaseMode mode) {
    hold(mode, "shop");

    decide(ReviewDecision.REJECT);

    var rejected = guard.responses().getLast().getRejected();
    assertThat(rejected.getCode()).isEqualTo("review-rejected");
    assertThat(rejected.getMessage()).contains("strict@1", "answer", "because");
    assertThat(rejected.getMessage()).doesNotContain("ann");
    assertThat(guard.admissions("small")).hasSize(1);
  }

  @Test
  void rejectsAWindowThatNobodyDecidesOn() {
    hold(ReleaseMode.WINDOW, "shop");

    guard.pass(TIMEOUT.plusSeconds(1));

    assertThat(seen()).containsExactly("review-timed-out");
    ReviewDecided told = guard.reviews().getLast().getDecided();
    assertThat(told.getDecision()).isEqualTo(ReviewDecision.TIMED_OUT);
    assertThat(told.getSubject()).isEqualTo(VerdictSubject.RESPONSE);
    assertThat(told.getNumber()).isEqualTo(1);
  }

  @Test
  void goesOnWithWhatNobodyDecidesOnWhereThePolicySaysSo() {
    hold(ReleaseMode.WINDOW, "mild");

    guard.pass(TIMEOUT.plusSeconds(1));

    assertThat(seen()).containsExactly("0[32-64)");
    out.send(finished("a", FinishReason.STOP));
    assertThat(seen()).containsExactly("FINISHED");
  }

  @Test
  void numbersTheReviewsOfAnAnswerAndTakesNoOldDecisionForANewOne() {
    hold(ReleaseMode.WINDOW, "shop");
    decide(ReviewDecision.APPROVE);
    out.send(tokens("a", 64, 96));
    review();
    assertThat(guard.reviews().getLast().getRequested().getNumber()).isEqualTo(2);
    seen();

    decide(ReviewDecision.APPROVE);
    assertThat(guard.deadLetters()).as("a repeat is ignored").isEmpty();
    decide(decision(ReviewDecision.REJECT).setNumber(1).build());
    assertThat(deadLetter().code()).isEqualTo("already-decided");
    assertThat(seen()).isEmpty();

    decide(decision(ReviewDecision.APPROVE).setNumber(2).build());
    assertThat(seen()).containsExactly("0[64-96)");
  }

  @Test
  void putsDecisionsAsideThatNoWindowWaitsFor() {
    decide(ReviewDecision.APPROVE);
    assertThat(deadLetter().code()).isEqualTo("unknown-review");

    hold(ReleaseMode.WINDOW, "shop");
    decide(decision(ReviewDecision.EDIT).setEditedText("x").build());
    assertThat(deadLetter().code()).isEqualTo("edit-not-possible");
    decide(decision(ReviewDecision.APPROVE).setReviewer(" ").build());
    assertThat(deadLetter().code()).isEqualTo("reviewer-missing");
    decide(decision(ReviewDecision.APPROVE).setNumber(3).build());
    assertThat(deadLetter().code()).isEqualTo("unknown-review");
    assertThat(seen()).isEmpty();
  }

  @Test
  void tellsARepeatFromASecondOpinionAfterTheAnswerIsGone() {
    hold(ReleaseMode.WINDOW, "shop");
    out.send(finished("a", FinishReason.STOP));
    decide(ReviewDecision.APPROVE);
    out.assertNothingStored();

    decide(ReviewDecision.APPROVE);
    assertThat(guard.deadLetters()).isEmpty();
    decide(ReviewDecision.REJECT);
    assertThat(deadLetter().code()).isEqualTo("already-decided");

    guard.pass(Duration.ofHours(25));
    assertThat(guard.stored("taken-decisions")).isZero();
    assertThat(guard.stored("taken-decisions-expiry")).isZero();
  }

  @Test
  void leavesPromptsAndWhatIsUnreadableToTheInputTopology() {
    hold(ReleaseMode.WINDOW, "shop");

    decide(decision(ReviewDecision.REJECT).setSubject(VerdictSubject.PROMPT).build());
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    guard.pipeBytes(TopicRole.REVIEW_DECISIONS, new TestRecord<>(key, key));

    assertThat(seen()).isEmpty();
    assertThat(guard.deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "EXPIRED"})
  void endsAHeldAnswerWhoseGeneratorWasStopped(FinishReason reason) {
    hold(ReleaseMode.RETRACT, "shop");

    out.send(finished("a", reason));

    assertThat(seen()).containsExactly("0<32", reason.name());
    assertThat(guard.reviews().getLast().getDecided().getDecision())
        .isEqualTo(ReviewDecision.WITHDRAWN);
    assertThat(guard.admissions("small")).isEmpty();
    out.assertNothingStored();
  }

  @Test
  void endsAHeldAnswerAtTheDeadlineOfItsRequest() {
    var deadline = GuardDriver.BEGIN.plusSeconds(60);
    out.begin(
        "a",
        Generations.start(out.policies(), "shop", ReleaseMode.WINDOW)
            .setDeadline(deadline)
            .build());
    out.send(tokens("a", 0, 32));
    review();
    out.send(finished("a", FinishReason.STOP));

    guard.pass(Duration.ofSeconds(61));

    assertThat(seen()).containsExactly("EXPIRED");
    assertThat(guard.reviews().getLast().getDecided().getDecision())
        .isEqualTo(ReviewDecision.WITHDRAWN);
    out.assertNothingStored();
  }

  @Test
  void failsAHeldAnswerWhoseGeneratorFails() {
    hold(ReleaseMode.WINDOW, "shop");

    out.send(Generations.failed("a"));

    assertThat(seen()).containsExactly("model-changed");
    assertThat(guard.reviews().getLast().getDecided().getDecision())
        .isEqualTo(ReviewDecision.WITHDRAWN);
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "WINDOW", "RETRACT"})
  void findsHeldWindowsAndTheirTimeOutsAfterACrash(ReleaseMode mode) {
    hold(mode, "shop");
    out.send(finished("a", FinishReason.STOP));
    seen();
    guard.restart();
    guard.turn();
    assertThat(guard.engine.open).isEmpty();
    assertThat(guard.reviews()).hasSize(1);

    var committed = guard.commit();
    decide(ReviewDecision.APPROVE);
    List<String> approved = seen();
    assertThat(approved).last().isEqualTo("FINISHED");
    guard.restart(committed);
    decide(ReviewDecision.APPROVE);
    assertThat(seen()).as("done again what was not committed").isEqualTo(approved);

    guard.restart(committed);
    guard.pass(TIMEOUT.plusSeconds(1));
    assertThat(seen()).last().isEqualTo("review-timed-out");
  }

  /** Lets window [0, 32) pass, and holds [32, 64). */
  private void hold(ReleaseMode mode, String tenant) {
    out.begin("a", start(mode, tenant));
    out.send(tokens("a", 0, 32));
    safe();
    out.send(tokens("a", 32, 64));
    review();
    seen();
  }

  private dev.chasqui.events.GenerationStarted start(ReleaseMode mode, String tenant) {
    return Generations.start(out.policies(), tenant, mode).build();
  }

  private List<String> seen() {
    return Seen.of(guard.responses());
  }

  private void safe() {
    guard.engine.safe();
    guard.turn();
  }

  private void review() {
    guard.engine.score(0.7, 0.3);
    guard.turn();
  }

  private void decide(ReviewDecision decision) {
    decide(decision(decision).build());
  }

  private void decide(ReviewDecided decided) {
    guard.pipe(
        TopicRole.REVIEW_DECISIONS,
        "a",
        ReviewEvent.newBuilder()
            .setRequestId("a")
            .setType(ReviewType.DECIDED)
            .setTime(GuardDriver.BEGIN)
            .setDecided(decided)
            .build());
  }

  private static ReviewDecided.Builder decision(ReviewDecision decision) {
    return ReviewDecided.newBuilder()
        .setDecision(decision)
        .setReviewer("ann")
        .setReason("because")
        .setSubject(VerdictSubject.RESPONSE);
  }

  private DeadLetter deadLetter() {
    return DeadLetter.read(only(guard.deadLetters()).headers()).orElseThrow();
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
