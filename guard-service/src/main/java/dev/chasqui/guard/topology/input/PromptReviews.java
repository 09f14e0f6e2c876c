package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.review.Alarms;
import dev.chasqui.guard.topology.review.DecisionRules;
import dev.chasqui.guard.topology.review.Decisions;
import dev.chasqui.guard.topology.review.Problem;
import dev.chasqui.guard.topology.review.Terms;
import dev.chasqui.guard.topology.state.OpenReview;
import dev.chasqui.guard.topology.state.PromptPhase;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.stream.Measured;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Parks prompts that a person is to decide on, and lets them go on. Each method writes all that
 * belongs to one transition, so it is in one transaction. Belongs to the stream thread.
 */
final class PromptReviews {

  private final InputPorts ports;
  private final PendingPrompts pending;
  private final Departures departures;
  private final Rejudging rejudging;
  private final Alarms alarms = new Alarms();

  /** Puts a prompt in the guard's line. */
  @FunctionalInterface
  interface Rejudging {
    void submit(Admitted prompt);
  }

  PromptReviews(
      InputPorts ports, PendingPrompts pending, Departures departures, Rejudging rejudging) {
    this.ports = ports;
    this.pending = pending;
    this.departures = departures;
    this.rejudging = rejudging;
  }

  /** Takes up a parked prompt that an earlier incarnation left; false where it is not parked. */
  boolean resume(String requestId) {
    Optional<OpenReview> open = ports.seen().find(requestId).flatMap(PromptReviews::open);
    open.ifPresent(review -> alarms.set(review.getExpiry(), requestId));
    return open.isPresent();
  }

  /** Parks a prompt; one whose question cannot be sent ends, since nobody could decide. */
  void park(Admitted prompt, PromptEffect.Waits waits) {
    String id = prompt.getPrompt().getRequestId();
    int number = ports.seen().find(id).orElseThrow().getReviews() + 1;
    ReviewQuestion question = ReviewQuestion.of(prompt, waits);
    Terms terms = Terms.of(waits.policy().reviews(), ports.now());
    switch (ports.reviews().requested(id, question.event(prompt, terms, number))) {
      case Measured.TooLarge large -> departures.end(prompt, Departures.tooLarge(large));
      case Measured.Fits _ -> {
        ports.seen().parked(id, review(question, terms), number);
        alarms.set(terms.expiry(), id);
        ports.observer().reviewRequested(id);
      }
    }
  }

  /** Takes a record of the topic of decisions. */
  void onDecision(Record<byte[], byte[]> record, ReviewEvent event) {
    if (isOfAnAnswer(event)) {
      return;
    }
    String id = event.getRequestId();
    Optional<Problem> wrong = DecisionRules.ofForm(record, event);
    Optional<SeenPrompt> seen = ports.seen().find(id);
    ByteBuffer hash = Decisions.hash(record.value());
    if (wrong.isPresent()) {
      putAside(record, wrong.get());
    } else if (seen.isEmpty()) {
      putAside(record, Problem.unknown(id, "no prompt of this id is known here"));
    } else if (!seen.get().getDecisions().contains(hash)) {
      ReviewDecided decided = event.getDecided();
      stateProblem(id, decided.getNumber(), seen.get())
          .or(() -> act(parked(id), toldOn(decided, seen.get()), hash))
          .ifPresent(problem -> putAside(record, problem));
    }
  }

  /** Lets the policies decide what nobody has, as their time comes. */
  void onTurn(Instant now) {
    for (String id : alarms.due(now)) {
      ports
          .seen()
          .find(id)
          .flatMap(PromptReviews::open)
          // An edit may have opened another review meanwhile, which has an alarm of its own.
          .filter(review -> !now.isBefore(review.getExpiry()))
          .ifPresent(review -> timeOut(id, review));
    }
  }

  /**
   * Tells reviewers that a prompt which ends now needs no decision any more, if it waits for one.
   */
  void withdraw(String requestId, String why) {
    ports
        .seen()
        .find(requestId)
        .filter(seen -> open(seen).isPresent())
        .ifPresent(seen ->
            ports
                .reviews()
                .decided(requestId, ofGuard(ReviewDecision.WITHDRAWN, why, seen.getReviews())));
  }

  private Optional<Problem> act(Admitted prompt, ReviewDecided decided, ByteBuffer hash) {
    String id = prompt.getPrompt().getRequestId();
    OpenReview review = ports.seen().find(id).flatMap(PromptReviews::open).orElseThrow();
    Optional<Admitted> next = next(prompt, decided, review);
    if (next.isEmpty()) {
      return Optional.of(notEditable(id, review));
    }
    if (write(prompt, next.get(), decided) instanceof Measured.TooLarge large) {
      return Optional.of(editTooLarge(large));
    }
    ports.seen().decided(id, hash);
    ports.observer().reviewEnded(id, decided.getDecision());
    goOn(next.get(), decided, review);
    return Optional.empty();
  }

  /** What holds after a decision; empty for an edit of what cannot be edited. */
  private static Optional<Admitted> next(
      Admitted prompt, ReviewDecided decided, OpenReview review) {
    if (decided.getDecision() != ReviewDecision.EDIT) {
      return Optional.of(prompt);
    }
    return Optional.of(prompt.getPrompt())
        .filter(_ -> review.getPart().isEmpty())
        .flatMap(asked -> ReviewText.edited(asked, decided.getEditedText()))
        .map(edited -> Admitted.newBuilder(prompt).setPrompt(edited).build());
  }

  /** Keeps the text that holds now and tells the decision, or does neither. */
  private Measured write(Admitted prompt, Admitted next, ReviewDecided decided) {
    if (next != prompt && pending.replace(next) instanceof Measured.TooLarge large) {
      return large;
    }
    Measured told = ports.reviews().decided(prompt.getPrompt().getRequestId(), decided);
    if (told instanceof Measured.TooLarge) {
      pending.replace(prompt);
    }
    return told;
  }

  private void goOn(Admitted prompt, ReviewDecided decided, OpenReview review) {
    switch (decided.getDecision()) {
      case APPROVE -> departures.admit(prompt);
      case EDIT -> {
        ports.seen().unparked(prompt.getPrompt().getRequestId());
        rejudging.submit(prompt);
      }
      case REJECT ->
          departures.end(
              prompt,
              Decisions.rejection("prompt", prompt.getPolicy(), decided, review.getCategories()));
      case TIMED_OUT, WITHDRAWN, UNKNOWN ->
          throw new IllegalStateException(decided.getDecision() + " is no reviewer's decision");
    }
  }

  private void timeOut(String id, OpenReview review) {
    Admitted prompt = parked(id);
    String why =
        new Terms(review.getExpiry(), review.getApprovesUnanswered()).inWords(prompt.getPolicy());
    int number = ports.seen().find(id).orElseThrow().getReviews();
    ports.reviews().decided(id, ofGuard(ReviewDecision.TIMED_OUT, why, number));
    ports.observer().reviewEnded(id, ReviewDecision.TIMED_OUT);
    if (review.getApprovesUnanswered()) {
      departures.admit(prompt);
    } else {
      departures.end(prompt, Decisions.timedOut(why, review.getCategories()));
    }
  }

  private Admitted parked(String id) {
    return pending.find(id).orElseThrow();
  }

  private void putAside(Record<byte[], byte[]> record, Problem problem) {
    ports.putAside(ports.decisions(), record, problem.code(), problem.message());
  }

  private static OpenReview review(ReviewQuestion question, Terms terms) {
    return OpenReview.newBuilder()
        .setExpiry(terms.expiry())
        .setApprovesUnanswered(terms.approvesUnanswered())
        .setCategories(question.categories())
        .setPart(question.part())
        .build();
  }

  private static ReviewDecided toldOn(ReviewDecided decided, SeenPrompt seen) {
    return Decisions.toldOn(decided, VerdictSubject.PROMPT, seen.getReviews());
  }

  private static ReviewDecided ofGuard(ReviewDecision decision, String why, int number) {
    return Decisions.ofGuard(decision, why, VerdictSubject.PROMPT, number);
  }

  /** Looks at whether a prompt waits for this decision. */
  private static Optional<Problem> stateProblem(String id, int number, SeenPrompt seen) {
    if (seen.getReviews() == 0) {
      return Optional.of(Problem.unknown(id, "no review of it was ever asked for"));
    }
    return seen.getPhase() == PromptPhase.PARKED
        ? DecisionRules.ofNumber(id, number, seen.getReviews())
        : Optional.of(
            Problem.alreadyDecided(
                "%s is %s: its review ended before this decision came. Nothing is left to decide."
                    .formatted(id, seen.getPhase())));
  }

  private static Problem notEditable(String id, OpenReview review) {
    String why =
        review.getPart().isEmpty()
            ? "it holds no turn of a user and no raw text that could be replaced"
            : review.getPart() + " is in question, which is not the user's text";
    return new Problem(
        "edit-not-possible",
        "the prompt of %s cannot be edited: %s. Approve or reject it.".formatted(id, why));
  }

  private static Problem editTooLarge(Measured.TooLarge large) {
    return new Problem("edit-too-large", large.message("the edited prompt"));
  }

  /** Decisions on answers are the output topology's, which reads the same topic. */
  private static boolean isOfAnAnswer(ReviewEvent event) {
    return event.getDecided() != null && event.getDecided().getSubject() == VerdictSubject.RESPONSE;
  }

  private static Optional<OpenReview> open(SeenPrompt seen) {
    return seen.getPhase() == PromptPhase.PARKED ? Optional.of(seen.getReview()) : Optional.empty();
  }
}
