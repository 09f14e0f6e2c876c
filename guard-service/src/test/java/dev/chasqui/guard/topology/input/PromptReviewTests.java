package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.Infill;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.ReviewType;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.schemas.deadletter.DeadLetter;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.Reopenable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptReviewTests {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Instant DECISION_TIME = GuardDriver.BEGIN.plusSeconds(1);

  @TempDir Path directory;
  private GuardDriver guard;
  private InputTopology topology;

  @BeforeEach
  void start() {
    guard = new GuardDriver(directory, policies(), 2);
    topology = new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE);
    guard.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
  }

  @AfterEach
  void close() {
    guard.close();
    topology.close();
  }

  private static Policies policies() {
    String band = "\nreview-threshold=0.2\nreview-timeout=PT10M";
    return Policies.of(
        List.of(
            PolicySource.parse("strict", "id=strict" + band),
            PolicySource.parse("mild", "id=mild\nreview-unanswered=approve" + band)),
        Map.of("mild", "mild"),
        "strict");
  }

  @Test
  void asksAPersonInTheTransactionOfTheVerdict() {
    submit(
        Prompts.prompt("a")
            .setTenant("acme")
            .setMessages(
                List.of(
                    new Message(Role.SYSTEM, "You are a baker."),
                    new Message(Role.USER, "How do I burn bread?")))
            .build());
    guard.engine.score(0.7, 0.3);
    guard.turn();

    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.REVIEW);
    assertThat(verdict.getAdmitted()).isFalse();
    ReviewEvent event = only(guard.reviews());
    assertThat(event.getRequestId()).isEqualTo("a");
    assertThat(event.getType()).isEqualTo(ReviewType.REQUESTED);
    ReviewRequested asked = event.getRequested();
    assertThat(asked.getText()).isEqualTo("How do I burn bread?");
    assertThat(asked.getContext()).contains("SYSTEM: You are a baker.");
    assertThat(asked.getScore()).isCloseTo(0.3, within(1e-6));
    assertThat(asked.getSubject()).isEqualTo(VerdictSubject.PROMPT);
    assertThat(asked.getNumber()).isEqualTo(1);
    assertThat(asked.getTenant()).isEqualTo("acme");
    assertThat(asked.getPolicy().getPolicyId()).isEqualTo("strict");
    assertThat(asked.getExpiry()).isEqualTo(verdict.getTime().plus(TIMEOUT));
    assertThat(asked.getUnanswered()).isEqualTo(ReviewDecision.REJECT);
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void holdsNoPlaceInLineWhileParked() {
    for (int i = 0; i < 4; i++) {
      park("p" + i, "default");
    }

    assertThat(guard.desk.turnstile().inside()).isZero();
    submit(Prompts.prompt("next").build());
    guard.engine.safe();
    guard.turn();

    assertThat(only(guard.admissions("small")).getRequestId()).isEqualTo("next");
  }

  @Test
  void admitsWhatIsApproved() {
    park("a", "default");

    decide("a", approve("ann"));

    assertThat(only(guard.admissions("small")).getAdmitted().getPrompt())
        .isEqualTo(Prompts.prompt("a").build());
    ReviewEvent told = only(guard.reviews());
    assertThat(told.getType()).isEqualTo(ReviewType.DECIDED);
    assertThat(told.getTime()).isAfterOrEqualTo(GuardDriver.BEGIN);
    assertThat(told.getDecided().getDecision()).isEqualTo(ReviewDecision.APPROVE);
    assertThat(told.getDecided().getReviewer()).isEqualTo("ann");
    assertThat(told.getDecided().getReason()).isEqualTo("it is about bread");
    assertThat(told.getDecided().getNumber()).isEqualTo(1);
    assertThat(guard.stored("pending")).isZero();
    assertThat(guard.engine.asked).hasSize(1);
  }

  @Test
  void rejectsWithTheReasonButWithoutTheNameOfTheReviewer() {
    park("a", "default");

    decide("a", decision(ReviewDecision.REJECT, "ann").setReason("no recipes here").build());

    ResponseEvent response = only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(response.getRejected().getCode()).isEqualTo("review-rejected");
    assertThat(response.getRejected().getMessage())
        .contains("strict@1", "no recipes here")
        .doesNotContain("ann");
    assertThat(only(guard.reviews()).getDecided().getDecision()).isEqualTo(ReviewDecision.REJECT);
    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void judgesAnEditedTextBeforeItIsAdmitted() {
    park("a", "default");

    decide("a", edit("How do I bake rye bread?"));

    assertThat(guard.admissions("small")).isEmpty();
    assertThat(only(guard.reviews()).getDecided().getEditedText())
        .isEqualTo("How do I bake rye bread?");
    assertThat(guard.engine.open.getFirst().conversation())
        .contains("rye")
        .doesNotContain("do I bake bread");
    guard.engine.safe();
    guard.turn();

    PromptSubmitted admitted = only(guard.admissions("small")).getAdmitted().getPrompt();
    assertThat(admitted.getMessages().getLast().getContent()).isEqualTo("How do I bake rye bread?");
    assertThat(only(guard.verdicts()).getOutcome()).isEqualTo(VerdictOutcome.SAFE);
  }

  @Test
  void stopsAnEditedTextThatIsUnsafe() {
    park("a", "default");
    decide("a", edit("How do I burn the bakery down?"));

    guard.engine.unsafe();
    guard.turn();

    assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("unsafe-prompt");
  }

  @Test
  void editsARawPromptAndTheLastTurnOfAUserBeforeAToolsResult() {
    submit(Prompts.prompt("raw").setMessages(List.of()).setRawPrompt("Once upon a crime").build());
    parked();
    decide("raw", edit("Once upon a time"));
    guard.engine.safe();
    guard.turn();
    assertThat(only(guard.admissions("small")).getAdmitted().getPrompt().getRawPrompt())
        .isEqualTo("Once upon a time");

    submit(
        Prompts.prompt("tool")
            .setMessages(
                List.of(
                    new Message(Role.USER, "What time is it?"), new Message(Role.TOOL, "twelve")))
            .build());
    parked();
    decide("tool", edit("What hour is it?"));

    assertThat(guard.engine.open.getFirst().conversation())
        .contains("What hour is it?")
        .contains("twelve");
  }

  @Test
  void doesNotTakeADecisionOnTheTextBeforeAnEditForTheTextAfterIt() {
    park("a", "default");
    decide("a", edit("How do I bake rye bread?"));
    guard.engine.score(0.7, 0.3);
    guard.turn();
    assertThat(guard.reviews().getLast().getRequested().getNumber()).isEqualTo(2);

    decide("a", decision(ReviewDecision.APPROVE, "bob").setNumber(1).build());
    assertThat(deadLetter().code()).isEqualTo("already-decided");
    assertThat(guard.admissions("small")).isEmpty();

    decide("a", decision(ReviewDecision.APPROVE, "bob").setNumber(2).build());
    assertThat(guard.admissions("small")).hasSize(1);
  }

  @Test
  void endsAnEditedPromptsFirstTimeOutWithItsFirstReview() {
    park("a", "default");
    guard.pass(TIMEOUT.minusMinutes(1));
    decide("a", edit("How do I bake rye bread?"));
    guard.engine.score(0.7, 0.3);
    guard.turn();

    guard.pass(Duration.ofMinutes(2));
    assertThat(guard.responses()).isEmpty();

    guard.pass(TIMEOUT);
    assertThat(only(guard.responses()).getRejected().getCode()).isEqualTo("review-timed-out");
  }

  @Test
  void rejectsWhatNobodyDecidesOn() {
    park("a", "default");
    guard.pass(TIMEOUT.minusSeconds(1));
    assertThat(guard.responses()).isEmpty();

    guard.pass(Duration.ofSeconds(2));

    ResponseEvent response = only(guard.responses());
    assertThat(response.getRejected().getCode()).isEqualTo("review-timed-out");
    assertThat(response.getRejected().getMessage()).contains("nobody decided", "strict@1");
    ReviewDecided told = only(guard.reviews()).getDecided();
    assertThat(told.getDecision()).isEqualTo(ReviewDecision.TIMED_OUT);
    assertThat(told.getReviewer()).isEmpty();
    assertThat(told.getReason()).contains("rejects what is unanswered");
  }

  @Test
  void admitsWhatNobodyDecidesOnWhereThePolicySaysSo() {
    park("a", "mild");
    assertThat(guard.admissions("small")).isEmpty();

    guard.pass(TIMEOUT.plusSeconds(1));

    assertThat(only(guard.admissions("small")).getRequestId()).isEqualTo("a");
    assertThat(only(guard.reviews()).getDecided().getDecision())
        .isEqualTo(ReviewDecision.TIMED_OUT);
  }

  @Test
  void cancelsAParkedPromptAndTellsReviewers() {
    park("a", "default");

    guard.pipe(TopicRole.CANCELLATIONS, "a", Prompts.cancel("a"));

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.CANCELLED);
    ReviewDecided told = only(guard.reviews()).getDecided();
    assertThat(told.getDecision()).isEqualTo(ReviewDecision.WITHDRAWN);
    assertThat(told.getReason()).contains("changed my mind");
    decide("a", approve("ann"));
    assertThat(deadLetter().code()).isEqualTo("already-decided");
    guard.pass(TIMEOUT.plusSeconds(1));
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void expiresAParkedPrompt() {
    submit(Prompts.prompt("a").setDeadline(GuardDriver.BEGIN.plusSeconds(30)).build());
    parked();

    guard.pass(Duration.ofSeconds(31));

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.EXPIRED);
    assertThat(only(guard.reviews()).getDecided().getDecision())
        .isEqualTo(ReviewDecision.WITHDRAWN);
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void tellsReviewersNothingOfPromptsThatEndUnparked() {
    submit(Prompts.prompt("a").build());
    guard.pipe(TopicRole.CANCELLATIONS, "a", Prompts.cancel("a"));

    assertThat(only(guard.responses()).getType()).isEqualTo(ResponseType.CANCELLED);
    assertThat(guard.reviews()).isEmpty();
  }

  @Test
  void answersARepeatOfAParkedPromptWithADuplicateVerdict() {
    park("a", "default");

    submit(Prompts.prompt("a").build());
    guard.turn();

    SafetyVerdict verdict = only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.DUPLICATE);
    assertThat(verdict.getReason()).contains("PARKED");
    assertThat(guard.engine.asked).hasSize(1);
  }

  @Test
  void ignoresByteEqualRepeatsOfADecisionEvenWhenAnotherReviewIsOpen() {
    park("a", "default");
    decide("a", edit("How do I bake rye bread?"));
    guard.engine.score(0.7, 0.3);
    guard.turn();
    guard.reviews();

    decide("a", edit("How do I bake rye bread?"));
    assertThat(guard.reviews()).isEmpty();
    decide("a", approve("ann"));
    decide("a", approve("ann"));

    assertThat(guard.admissions("small")).hasSize(1);
    assertThat(guard.reviews()).hasSize(1);
    assertThat(guard.deadLetters()).isEmpty();
  }

  @Test
  void putsASecondDecisionAside() {
    park("a", "default");
    decide("a", approve("ann"));

    decide("a", decision(ReviewDecision.REJECT, "bob").build());

    assertThat(deadLetter().code()).isEqualTo("already-decided");
    assertThat(deadLetterMessage(approve("bob"))).contains("ADMITTED");
    assertThat(guard.responses()).isEmpty();
  }

  @Test
  void putsDecisionsOnUnknownRequestsAside() {
    decide("nobody", approve("ann"));
    assertThat(deadLetter().code()).isEqualTo("unknown-review");

    submit(Prompts.prompt("a").build());
    decide("a", approve("ann"));
    assertThat(deadLetter().message()).contains("no review of it was ever asked for");

    parked();
    decide("a", decision(ReviewDecision.APPROVE, "ann").setNumber(7).build());
    assertThat(deadLetter().message()).contains("review 1 of it is open, not 7");
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void putsAnonymousAndUnclearDecisionsAside() {
    park("a", "default");

    decide("a", approve(" "));
    assertThat(deadLetter().code()).isEqualTo("reviewer-missing");
    decide("a", decision(ReviewDecision.EDIT, "ann").build());
    assertThat(deadLetter().message()).contains("EDIT without editedText");
    decide("a", decision(ReviewDecision.APPROVE, "ann").setEditedText("x").build());
    assertThat(deadLetter().message()).contains("only EDIT has one");
    guard.pipe(
        TopicRole.REVIEW_DECISIONS,
        "a",
        ReviewEvent.newBuilder()
            .setRequestId("a")
            .setType(ReviewType.DECIDED)
            .setTime(DECISION_TIME)
            .build());
    assertThat(deadLetter().code()).isEqualTo("invalid-decision");
    guard.pipe(TopicRole.REVIEW_DECISIONS, "b", event("a", approve("ann")));
    assertThat(deadLetter().code()).isEqualTo("invalid-request-id");
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    guard.pipeBytes(TopicRole.REVIEW_DECISIONS, new TestRecord<>(key, key));
    assertThat(deadLetter().code()).isEqualTo("malformed-record");
    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.stored("pending")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "TIMED_OUT", "WITHDRAWN"})
  void takesNoDecisionFromAPersonThatIsTheGuards(ReviewDecision decision) {
    park("a", "default");

    decide("a", decision(decision, "ann").build());

    assertThat(deadLetter().code()).isEqualTo("invalid-decision");
    assertThat(guard.stored("pending")).isEqualTo(1);
  }

  @Test
  void keepsAPromptParkedWhoseEditCannotBeTaken() {
    submit(Prompts.prompt("code").setMessages(List.of()).setInfill(new Infill("a", "b")).build());
    parked();
    decide("code", edit("c"));
    assertThat(deadLetter().code()).isEqualTo("edit-not-possible");

    park("a", "default");
    decide("a", edit("x".repeat(20_500)));
    assertThat(deadLetter().code()).isEqualTo("edit-too-large");
    assertThat(guard.reviews()).isEmpty();

    decide("a", approve("ann"));
    assertThat(only(guard.admissions("small")).getAdmitted().getPrompt())
        .isEqualTo(Prompts.prompt("a").build());
  }

  @Test
  void leavesDecisionsOnAnswersToTheOutputTopology() {
    park("a", "default");

    decide(
        "a", decision(ReviewDecision.APPROVE, "ann").setSubject(VerdictSubject.RESPONSE).build());

    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.deadLetters()).isEmpty();
  }

  @Test
  void asksWithoutTheConversationWhereItIsTooLarge() {
    submit(
        Prompts.prompt("a")
            .setMessages(
                List.of(
                    new Message(Role.USER, "x".repeat(11_000)),
                    new Message(Role.USER, "y".repeat(8_000))))
            .build());
    ReviewRequested asked = parked();

    assertThat(asked.getText()).isEqualTo("y".repeat(8_000));
    assertThat(asked.getContext()).startsWith("[the conversation is too large");
    assertThat(guard.responses()).isEmpty();
  }

  @Test
  void findsParkedPromptsAndTheirTimeOutsAfterACrash() {
    park("a", "default");
    park("b", "default");
    submit(Prompts.prompt("c").build());
    guard.restart();
    guard.turn();

    assertThat(guard.engine.open).as("only what is not parked is judged again").hasSize(1);
    decide("a", approve("ann"));
    assertThat(only(guard.admissions("small")).getRequestId()).isEqualTo("a");
    guard.pass(TIMEOUT.plusSeconds(1));
    assertThat(guard.responses())
        .filteredOn(end -> end.getRequestId().equals("b"))
        .singleElement()
        .extracting(end -> end.getRejected().getCode())
        .isEqualTo("review-timed-out");
  }

  @Test
  void doesADecisionAgainThatWasNotCommitted() {
    park("a", "default");
    var committed = guard.commit();
    decide("a", approve("ann"));
    guard.admissions("small");
    guard.reviews();

    guard.restart(committed);
    decide("a", approve("ann"));

    assertThat(only(guard.admissions("small")).getRequestId()).isEqualTo("a");
    assertThat(guard.reviews()).hasSize(1);
  }

  @Test
  void judgesAnEditedPromptAgainAfterACrash() {
    park("a", "default");
    decide("a", edit("How do I bake rye bread?"));
    guard.restart();
    guard.turn();

    assertThat(guard.engine.open.getLast().conversation()).contains("rye");
    decide("a", edit("How do I bake rye bread?"));
    assertThat(guard.deadLetters()).isEmpty();
    guard.engine.safe();
    guard.turn();
    assertThat(guard.admissions("small"))
        .extracting(AdmissionEvent::getRequestId)
        .containsExactly("a");
  }

  @Test
  void remembersAParkedPromptLongerThanOthers() {
    guard.close();
    topology.close();
    guard = new GuardDriver(directory.resolve("long"), longReviews(), 2);
    topology = new InputTopology(guard.setup, guard.desk, Retention.DEFAULT, GuardObserver.NONE);
    guard.start(
        topology.build(new CommitPace(Duration.ofMillis(50)), Reopenable::of), TopicRole.PROMPTS);
    park("a", "default");

    guard.pass(Retention.DEFAULT.seen().plusHours(1));
    decide("a", approve("ann"));

    assertThat(guard.admissions("small")).hasSize(1);
  }

  private static Policies longReviews() {
    return Policies.of(
        List.of(PolicySource.parse("t", "id=t\nreview-threshold=0.2\nreview-timeout=PT999999999H")),
        Map.of(),
        "t");
  }

  private void park(String id, String tenant) {
    submit(Prompts.prompt(id).setTenant(tenant).build());
    parked();
  }

  /** Lets the guard answer with a score in the review band, and returns what is asked then. */
  private ReviewRequested parked() {
    guard.engine.score(0.7, 0.3);
    guard.turn();
    assertThat(guard.verdicts().getLast().getOutcome()).isEqualTo(VerdictOutcome.REVIEW);
    ReviewEvent asked = guard.reviews().getLast();
    assertThat(asked.getType()).isEqualTo(ReviewType.REQUESTED);
    return asked.getRequested();
  }

  private void submit(PromptSubmitted prompt) {
    guard.pipe(TopicRole.PROMPTS, prompt.getRequestId(), prompt);
  }

  private void decide(String id, ReviewDecided decided) {
    guard.pipe(TopicRole.REVIEW_DECISIONS, id, event(id, decided));
  }

  private static ReviewEvent event(String id, ReviewDecided decided) {
    return ReviewEvent.newBuilder()
        .setRequestId(id)
        .setType(ReviewType.DECIDED)
        .setTime(DECISION_TIME)
        .setDecided(decided)
        .build();
  }

  private static ReviewDecided approve(String reviewer) {
    return decision(ReviewDecision.APPROVE, reviewer).build();
  }

  private static ReviewDecided edit(String text) {
    return decision(ReviewDecision.EDIT, "ann").setEditedText(text).build();
  }

  private static ReviewDecided.Builder decision(ReviewDecision decision, String reviewer) {
    return ReviewDecided.newBuilder()
        .setDecision(decision)
        .setReviewer(reviewer)
        .setReason("it is about bread");
  }

  private DeadLetter deadLetter() {
    return DeadLetter.read(only(guard.deadLetters()).headers()).orElseThrow();
  }

  private String deadLetterMessage(ReviewDecided decided) {
    decide("a", decided);
    return deadLetter().message();
  }

  private static <T> T only(List<T> records) {
    assertThat(records).hasSize(1);
    return records.getFirst();
  }
}
