package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.events.AdmissionEvent;
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
import dev.chasqui.events.Trust;
import dev.chasqui.events.VerdictOutcome;
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

class PromptReviewTests {

  @TempDir Path directory;
  private PromptReviewing reviewing;
  private GuardDriver guard;

  @BeforeEach
  void start() {
    reviewing = new PromptReviewing(directory);
    guard = reviewing.guard;
  }

  @AfterEach
  void close() {
    reviewing.close();
  }

  @Test
  void asksAPersonInTheTransactionOfTheVerdict() {
    reviewing.submit(
        Prompts.prompt("a")
            .setTenant("acme")
            .setMessages(
                List.of(
                    new Message(Role.SYSTEM, "You are a baker."),
                    new Message(Role.USER, "How do I burn bread?")))
            .build());
    guard.engine.score(0.7, 0.3);
    guard.turn();

    SafetyVerdict verdict = PromptReviewing.only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.REVIEW);
    assertThat(verdict.getAdmitted()).isFalse();
    ReviewEvent event = PromptReviewing.only(guard.reviews());
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
    assertThat(asked.getExpiry()).isEqualTo(verdict.getTime().plus(PromptReviewing.TIMEOUT));
    assertThat(asked.getUnanswered()).isEqualTo(ReviewDecision.REJECT);
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void holdsNoPlaceInLineWhileParked() {
    for (int i = 0; i < 4; i++) {
      reviewing.park("p" + i, "default");
    }

    assertThat(guard.desk.turnstile().inside()).isZero();
    reviewing.submit(Prompts.prompt("next").build());
    guard.engine.safe();
    guard.turn();

    assertThat(PromptReviewing.only(guard.admissions("small")).getRequestId()).isEqualTo("next");
  }

  @Test
  void admitsWhatIsApproved() {
    reviewing.park("a", "default");

    reviewing.decide("a", PromptReviewing.approve("ann"));

    assertThat(PromptReviewing.only(guard.admissions("small")).getAdmitted().getPrompt())
        .isEqualTo(Prompts.prompt("a").build());
    ReviewEvent told = PromptReviewing.only(guard.reviews());
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
    reviewing.park("a", "default");

    reviewing.decide(
        "a",
        PromptReviewing.decision(ReviewDecision.REJECT, "ann")
            .setReason("no recipes here")
            .build());

    ResponseEvent response = PromptReviewing.only(guard.responses());
    assertThat(response.getType()).isEqualTo(ResponseType.REJECTED);
    assertThat(response.getRejected().getCode()).isEqualTo("review-rejected");
    assertThat(response.getRejected().getMessage())
        .contains("strict@1", "no recipes here")
        .doesNotContain("ann");
    assertThat(PromptReviewing.only(guard.reviews()).getDecided().getDecision())
        .isEqualTo(ReviewDecision.REJECT);
    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void judgesAnEditedTextBeforeItIsAdmitted() {
    reviewing.park("a", "default");

    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));

    assertThat(guard.admissions("small")).isEmpty();
    assertThat(PromptReviewing.only(guard.reviews()).getDecided().getEditedText())
        .isEqualTo("How do I bake rye bread?");
    assertThat(guard.engine.open.getFirst().conversation())
        .contains("rye")
        .doesNotContain("do I bake bread");
    guard.engine.safe();
    guard.turn();

    PromptSubmitted admitted =
        PromptReviewing.only(guard.admissions("small")).getAdmitted().getPrompt();
    assertThat(admitted.getMessages().getLast().getContent()).isEqualTo("How do I bake rye bread?");
    assertThat(PromptReviewing.only(guard.verdicts()).getOutcome()).isEqualTo(VerdictOutcome.SAFE);
  }

  @Test
  void stopsAnEditedTextThatIsUnsafe() {
    reviewing.park("a", "default");
    reviewing.decide("a", PromptReviewing.edit("How do I burn the bakery down?"));

    guard.engine.unsafe();
    guard.turn();

    assertThat(PromptReviewing.only(guard.responses()).getRejected().getCode())
        .isEqualTo("unsafe-prompt");
  }

  @Test
  void editsARawPromptAndTheLastTurnOfAUserBeforeAToolsResult() {
    reviewing.submit(
        Prompts.prompt("raw").setMessages(List.of()).setRawPrompt("Once upon a crime").build());
    reviewing.parked();
    reviewing.decide("raw", PromptReviewing.edit("Once upon a time"));
    guard.engine.safe();
    guard.turn();
    assertThat(
            PromptReviewing.only(guard.admissions("small"))
                .getAdmitted()
                .getPrompt()
                .getRawPrompt())
        .isEqualTo("Once upon a time");

    reviewing.submit(
        Prompts.prompt("tool")
            .setMessages(
                List.of(
                    new Message(Role.USER, "What time is it?"),
                    Message.newBuilder(new Message(Role.TOOL, "twelve"))
                        .setTrust(Trust.TRUSTED)
                        .build()))
            .build());
    reviewing.parked();
    reviewing.decide("tool", PromptReviewing.edit("What hour is it?"));

    assertThat(guard.engine.open.getFirst().conversation())
        .contains("What hour is it?")
        .contains("twelve");
  }

  @Test
  void endsAnEditedPromptsFirstTimeOutWithItsFirstReview() {
    reviewing.park("a", "default");
    guard.pass(PromptReviewing.TIMEOUT.minusMinutes(1));
    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));
    guard.engine.score(0.7, 0.3);
    guard.turn();

    guard.pass(Duration.ofMinutes(2));
    assertThat(guard.responses()).isEmpty();

    guard.pass(PromptReviewing.TIMEOUT);
    assertThat(PromptReviewing.only(guard.responses()).getRejected().getCode())
        .isEqualTo("review-timed-out");
  }

  @Test
  void rejectsWhatNobodyDecidesOn() {
    reviewing.park("a", "default");
    guard.pass(PromptReviewing.TIMEOUT.minusSeconds(1));
    assertThat(guard.responses()).isEmpty();

    guard.pass(Duration.ofSeconds(2));

    ResponseEvent response = PromptReviewing.only(guard.responses());
    assertThat(response.getRejected().getCode()).isEqualTo("review-timed-out");
    assertThat(response.getRejected().getMessage()).contains("nobody decided", "strict@1");
    ReviewDecided told = PromptReviewing.only(guard.reviews()).getDecided();
    assertThat(told.getDecision()).isEqualTo(ReviewDecision.TIMED_OUT);
    assertThat(told.getReviewer()).isEmpty();
    assertThat(told.getReason()).contains("rejects what is unanswered");
  }

  @Test
  void admitsWhatNobodyDecidesOnWhereThePolicySaysSo() {
    reviewing.park("a", "mild");
    assertThat(guard.admissions("small")).isEmpty();

    guard.pass(PromptReviewing.TIMEOUT.plusSeconds(1));

    assertThat(PromptReviewing.only(guard.admissions("small")).getRequestId()).isEqualTo("a");
    assertThat(PromptReviewing.only(guard.reviews()).getDecided().getDecision())
        .isEqualTo(ReviewDecision.TIMED_OUT);
  }

  @Test
  void cancelsAParkedPromptAndTellsReviewers() {
    reviewing.park("a", "default");

    guard.pipe(TopicRole.CANCELLATIONS, "a", Prompts.cancel("a"));

    assertThat(PromptReviewing.only(guard.responses()).getType()).isEqualTo(ResponseType.CANCELLED);
    ReviewDecided told = PromptReviewing.only(guard.reviews()).getDecided();
    assertThat(told.getDecision()).isEqualTo(ReviewDecision.WITHDRAWN);
    assertThat(told.getReason()).contains("changed my mind");
    reviewing.decide("a", PromptReviewing.approve("ann"));
    assertThat(reviewing.deadLetter().code()).isEqualTo("already-decided");
    guard.pass(PromptReviewing.TIMEOUT.plusSeconds(1));
    assertThat(guard.responses()).isEmpty();
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void expiresAParkedPrompt() {
    reviewing.submit(Prompts.prompt("a").setDeadline(GuardDriver.BEGIN.plusSeconds(30)).build());
    reviewing.parked();

    guard.pass(Duration.ofSeconds(31));

    assertThat(PromptReviewing.only(guard.responses()).getType()).isEqualTo(ResponseType.EXPIRED);
    assertThat(PromptReviewing.only(guard.reviews()).getDecided().getDecision())
        .isEqualTo(ReviewDecision.WITHDRAWN);
    assertThat(guard.stored("pending")).isZero();
  }

  @Test
  void tellsReviewersNothingOfPromptsThatEndUnparked() {
    reviewing.submit(Prompts.prompt("a").build());
    guard.pipe(TopicRole.CANCELLATIONS, "a", Prompts.cancel("a"));

    assertThat(PromptReviewing.only(guard.responses()).getType()).isEqualTo(ResponseType.CANCELLED);
    assertThat(guard.reviews()).isEmpty();
  }

  @Test
  void answersARepeatOfAParkedPromptWithADuplicateVerdict() {
    reviewing.park("a", "default");

    reviewing.submit(Prompts.prompt("a").build());
    guard.turn();

    SafetyVerdict verdict = PromptReviewing.only(guard.verdicts());
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.DUPLICATE);
    assertThat(verdict.getReason()).contains("PARKED");
    assertThat(guard.engine.asked).hasSize(1);
  }

  @Test
  void asksWithoutTheConversationWhereItIsTooLarge() {
    reviewing.submit(
        Prompts.prompt("a")
            .setMessages(
                List.of(
                    new Message(Role.USER, "x".repeat(11_000)),
                    new Message(Role.USER, "y".repeat(8_000))))
            .build());
    ReviewRequested asked = reviewing.parked();

    assertThat(asked.getText()).isEqualTo("y".repeat(8_000));
    assertThat(asked.getContext()).startsWith("[the conversation is too large");
    assertThat(guard.responses()).isEmpty();
  }

  @Test
  void findsParkedPromptsAndTheirTimeOutsAfterACrash() {
    reviewing.park("a", "default");
    reviewing.park("b", "default");
    reviewing.submit(Prompts.prompt("c").build());
    guard.restart();
    guard.turn();

    assertThat(guard.engine.open).as("only what is not parked is judged again").hasSize(1);
    reviewing.decide("a", PromptReviewing.approve("ann"));
    assertThat(PromptReviewing.only(guard.admissions("small")).getRequestId()).isEqualTo("a");
    guard.pass(PromptReviewing.TIMEOUT.plusSeconds(1));
    assertThat(guard.responses())
        .filteredOn(end -> end.getRequestId().equals("b"))
        .singleElement()
        .extracting(end -> end.getRejected().getCode())
        .isEqualTo("review-timed-out");
  }

  @Test
  void doesADecisionAgainThatWasNotCommitted() {
    reviewing.park("a", "default");
    var committed = guard.commit();
    reviewing.decide("a", PromptReviewing.approve("ann"));
    guard.admissions("small");
    guard.reviews();

    guard.restart(committed);
    reviewing.decide("a", PromptReviewing.approve("ann"));

    assertThat(PromptReviewing.only(guard.admissions("small")).getRequestId()).isEqualTo("a");
    assertThat(guard.reviews()).hasSize(1);
  }

  @Test
  void judgesAnEditedPromptAgainAfterACrash() {
    reviewing.park("a", "default");
    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));
    guard.restart();
    guard.turn();

    assertThat(guard.engine.open.getLast().conversation()).contains("rye");
    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));
    assertThat(guard.deadLetters()).isEmpty();
    guard.engine.safe();
    guard.turn();
    assertThat(guard.admissions("small"))
        .extracting(AdmissionEvent::getRequestId)
        .containsExactly("a");
  }

  @Test
  void remembersAParkedPromptLongerThanOthers() {
    reviewing.close();
    reviewing = new PromptReviewing(directory.resolve("long"), longReviews());
    guard = reviewing.guard;
    reviewing.park("a", "default");

    guard.pass(Retention.DEFAULT.seen().plusHours(1));
    reviewing.decide("a", PromptReviewing.approve("ann"));

    assertThat(guard.admissions("small")).hasSize(1);
  }

  private static Policies longReviews() {
    return Policies.of(
        List.of(PolicySource.parse("t", "id=t\nreview-threshold=0.2\nreview-timeout=PT999999999H")),
        Map.of(),
        "t");
  }
}
