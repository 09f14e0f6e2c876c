package dev.chasqui.guard.topology.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.Infill;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewType;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.schemas.topics.TopicRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PutAsideDecisionsTests {

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
  void doesNotTakeADecisionOnTheTextBeforeAnEditForTheTextAfterIt() {
    reviewing.park("a", "default");
    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));
    guard.engine.score(0.7, 0.3);
    guard.turn();
    assertThat(guard.reviews().getLast().getRequested().getNumber()).isEqualTo(2);

    reviewing.decide(
        "a", PromptReviewing.decision(ReviewDecision.APPROVE, "bob").setNumber(1).build());
    assertThat(reviewing.deadLetter().code()).isEqualTo("already-decided");
    assertThat(guard.admissions("small")).isEmpty();

    reviewing.decide(
        "a", PromptReviewing.decision(ReviewDecision.APPROVE, "bob").setNumber(2).build());
    assertThat(guard.admissions("small")).hasSize(1);
  }

  @Test
  void ignoresByteEqualRepeatsOfADecisionEvenWhenAnotherReviewIsOpen() {
    reviewing.park("a", "default");
    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));
    guard.engine.score(0.7, 0.3);
    guard.turn();
    guard.reviews();

    reviewing.decide("a", PromptReviewing.edit("How do I bake rye bread?"));
    assertThat(guard.reviews()).isEmpty();
    reviewing.decide("a", PromptReviewing.approve("ann"));
    reviewing.decide("a", PromptReviewing.approve("ann"));

    assertThat(guard.admissions("small")).hasSize(1);
    assertThat(guard.reviews()).hasSize(1);
    assertThat(guard.deadLetters()).isEmpty();
  }

  @Test
  void putsASecondDecisionAside() {
    reviewing.park("a", "default");
    reviewing.decide("a", PromptReviewing.approve("ann"));

    reviewing.decide("a", PromptReviewing.decision(ReviewDecision.REJECT, "bob").build());

    assertThat(reviewing.deadLetter().code()).isEqualTo("already-decided");
    assertThat(reviewing.deadLetterMessage(PromptReviewing.approve("bob"))).contains("ADMITTED");
    assertThat(guard.responses()).isEmpty();
  }

  @Test
  void putsDecisionsOnUnknownRequestsAside() {
    reviewing.decide("nobody", PromptReviewing.approve("ann"));
    assertThat(reviewing.deadLetter().code()).isEqualTo("unknown-review");

    reviewing.submit(Prompts.prompt("a").build());
    reviewing.decide("a", PromptReviewing.approve("ann"));
    assertThat(reviewing.deadLetter().message()).contains("no review of it was ever asked for");

    reviewing.parked();
    reviewing.decide(
        "a", PromptReviewing.decision(ReviewDecision.APPROVE, "ann").setNumber(7).build());
    assertThat(reviewing.deadLetter().message()).contains("review 1 of it is open, not 7");
    assertThat(guard.admissions("small")).isEmpty();
  }

  @Test
  void putsAnonymousAndUnclearDecisionsAside() {
    reviewing.park("a", "default");

    reviewing.decide("a", PromptReviewing.approve(" "));
    assertThat(reviewing.deadLetter().code()).isEqualTo("reviewer-missing");
    reviewing.decide("a", PromptReviewing.decision(ReviewDecision.EDIT, "ann").build());
    assertThat(reviewing.deadLetter().message()).contains("EDIT without editedText");
    reviewing.decide(
        "a", PromptReviewing.decision(ReviewDecision.APPROVE, "ann").setEditedText("x").build());
    assertThat(reviewing.deadLetter().message()).contains("only EDIT has one");
    guard.pipe(
        TopicRole.REVIEW_DECISIONS,
        "a",
        ReviewEvent.newBuilder()
            .setRequestId("a")
            .setType(ReviewType.DECIDED)
            .setTime(PromptReviewing.DECISION_TIME)
            .build());
    assertThat(reviewing.deadLetter().code()).isEqualTo("invalid-decision");
    guard.pipe(
        TopicRole.REVIEW_DECISIONS,
        "b",
        PromptReviewing.event("a", PromptReviewing.approve("ann")));
    assertThat(reviewing.deadLetter().code()).isEqualTo("invalid-request-id");
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    guard.pipeBytes(TopicRole.REVIEW_DECISIONS, new TestRecord<>(key, key));
    assertThat(reviewing.deadLetter().code()).isEqualTo("malformed-record");
    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.stored("pending")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "TIMED_OUT", "WITHDRAWN"})
  void takesNoDecisionFromAPersonThatIsTheGuards(ReviewDecision decision) {
    reviewing.park("a", "default");

    reviewing.decide("a", PromptReviewing.decision(decision, "ann").build());

    assertThat(reviewing.deadLetter().code()).isEqualTo("invalid-decision");
    assertThat(guard.stored("pending")).isEqualTo(1);
  }

  @Test
  void keepsAPromptParkedWhoseEditCannotBeTaken() {
    reviewing.submit(
        Prompts.prompt("code").setMessages(List.of()).setInfill(new Infill("a", "b")).build());
    reviewing.parked();
    reviewing.decide("code", PromptReviewing.edit("c"));
    assertThat(reviewing.deadLetter().code()).isEqualTo("edit-not-possible");

    reviewing.park("a", "default");
    reviewing.decide("a", PromptReviewing.edit("x".repeat(20_500)));
    assertThat(reviewing.deadLetter().code()).isEqualTo("edit-too-large");
    assertThat(guard.reviews()).isEmpty();

    reviewing.decide("a", PromptReviewing.approve("ann"));
    assertThat(PromptReviewing.only(guard.admissions("small")).getAdmitted().getPrompt())
        .isEqualTo(Prompts.prompt("a").build());
  }

  @Test
  void leavesDecisionsOnAnswersToTheOutputTopology() {
    reviewing.park("a", "default");

    reviewing.decide(
        "a",
        PromptReviewing.decision(ReviewDecision.APPROVE, "ann")
            .setSubject(VerdictSubject.RESPONSE)
            .build());

    assertThat(guard.admissions("small")).isEmpty();
    assertThat(guard.deadLetters()).isEmpty();
  }
}
