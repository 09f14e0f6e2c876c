package dev.chasqui.guard.topology.output;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.review.Alarms;
import dev.chasqui.guard.topology.review.DecisionRules;
import dev.chasqui.guard.topology.review.Decisions;
import dev.chasqui.guard.topology.review.Problem;
import dev.chasqui.guard.topology.review.Terms;
import dev.chasqui.guard.topology.state.HeldWindow;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.stream.Measured;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Holds windows of answers that a person is to decide on, and lets the answers go on or end. Each
 * method writes all that belongs to one transition, so it is in one transaction. Belongs to the
 * stream thread.
 */
final class AnswerReviews {

  private final OutputPorts ports;
  private final AnswerLedger ledger;
  private final AnswerEnd ends;
  private final GoingOn goingOn;
  private final Alarms alarms = new Alarms();

  /** Takes an answer up whose held window was let through. */
  @FunctionalInterface
  interface GoingOn {
    void passed(Answer answer);
  }

  AnswerReviews(OutputPorts ports, AnswerLedger ledger, AnswerEnd ends, GoingOn goingOn) {
    this.ports = ports;
    this.ledger = ledger;
    this.ends = ends;
    this.goingOn = goingOn;
  }

  /** Takes up the held answers of an earlier incarnation. */
  void resume() {
    ledger.all().forEach(this::watch);
  }

  /** Holds the window that was judged; where its question cannot be sent, the answer ends. */
  void hold(Answer answer, Effect.Waits waits) {
    Terms terms = Terms.of(waits.policy().reviews(), ports.now());
    Choice choice = answer.judging();
    answer.hold(
        HeldWindow.newBuilder()
            .setChoice(choice.number())
            .setToSequence(choice.judgingTo())
            .setExpiry(terms.expiry())
            .setApprovesUnanswered(terms.approvesUnanswered())
            .setCategories(waits.verdict().categories())
            .build());
    ReviewRequested question = question(answer, waits, terms);
    if (ports.reviews().requested(answer.requestId(), question)
        instanceof Measured.TooLarge large) {
      answer.unhold();
      ends.fail(answer, "request-too-large", large.message("the question to a reviewer"));
    } else {
      ledger.save(answer);
      watch(answer);
      ports.observer().reviewRequested(answer.requestId());
      ports.wrote();
    }
  }

  /** Takes a record of the topic of decisions. What cannot be read is the input topology's. */
  void onDecision(Record<byte[], byte[]> record) {
    ports
        .decision(record)
        .filter(AnswerReviews::isOfAnAnswer)
        .ifPresent(event -> onDecision(record, event));
  }

  private void onDecision(Record<byte[], byte[]> record, ReviewEvent event) {
    String id = event.getRequestId();
    ByteBuffer hash = Decisions.hash(record.value());
    Optional<Problem> wrong = DecisionRules.ofForm(record, event);
    if (wrong.isEmpty() && ports.taken().contains(id, hash)) {
      return;
    }
    Optional<Answer> held = ledger.find(id).filter(answer -> answer.held().isPresent());
    wrong
        .or(() -> stateProblem(id, event.getDecided(), held))
        .ifPresentOrElse(
            problem -> ports.putAsideDecision(record, problem),
            () -> act(held.orElseThrow(), event.getDecided(), hash));
  }

  /** Ends reviews and requests as their time comes. */
  void onTurn(Instant now) {
    ports.taken().onTurn(now);
    for (String id : alarms.due(now)) {
      ledger
          .find(id)
          .filter(answer -> answer.held().isPresent())
          .ifPresent(answer -> timeCame(answer, now));
    }
  }

  private void timeCame(Answer answer, Instant now) {
    HeldWindow held = answer.held().orElseThrow();
    Optional<Instant> deadline = ledger.deadline(answer);
    if (deadline.filter(time -> !now.isBefore(time)).isPresent()) {
      ends.expire(answer, deadline.get());
    } else if (!now.isBefore(held.getExpiry())) {
      timeOut(answer, held);
    }
  }

  private void act(Answer answer, ReviewDecided decided, ByteBuffer hash) {
    HeldWindow held = answer.held().orElseThrow();
    ReviewDecided told = Decisions.toldOn(decided, VerdictSubject.RESPONSE, answer.reviews());
    ports.taken().add(answer.requestId(), hash, ports.now());
    end(answer, told);
    if (decided.getDecision() == ReviewDecision.APPROVE) {
      letThrough(answer, held);
    } else {
      ends.stop(answer, Decisions.rejection("answer", policy(answer), told, held.getCategories()));
    }
  }

  private void timeOut(Answer answer, HeldWindow held) {
    String why = new Terms(held.getExpiry(), held.getApprovesUnanswered()).inWords(policy(answer));
    end(
        answer,
        Decisions.ofGuard(
            ReviewDecision.TIMED_OUT, why, VerdictSubject.RESPONSE, answer.reviews()));
    if (held.getApprovesUnanswered()) {
      letThrough(answer, held);
    } else {
      ends.stop(answer, Decisions.timedOut(why, held.getCategories()));
    }
  }

  private void end(Answer answer, ReviewDecided decided) {
    answer.unhold();
    ports.reviews().decided(answer.requestId(), decided);
    ports.observer().reviewEnded(answer.requestId(), decided.getDecision());
  }

  private void letThrough(Answer answer, HeldWindow held) {
    Choice choice = answer.choices().get(held.getChoice());
    answer.judging(choice);
    choice.judging(held.getToSequence());
    goingOn.passed(answer);
  }

  private void watch(Answer answer) {
    answer
        .held()
        .ifPresent(held -> {
          alarms.set(held.getExpiry(), answer.requestId());
          ledger.deadline(answer).ifPresent(time -> alarms.set(time, answer.requestId()));
        });
  }

  private Optional<Problem> stateProblem(String id, ReviewDecided decided, Optional<Answer> held) {
    if (held.isEmpty()) {
      boolean hadOne =
          ports.taken().holds(id)
              || ledger.find(id).filter(answer -> answer.reviews() > 0).isPresent();
      return Optional.of(
          hadOne
              ? Problem.alreadyDecided(
                  "no window of the answer to %s waits for a decision any more. Nothing is left to decide."
                      .formatted(id))
              : Problem.unknown(id, "no window of an answer to it waits for one"));
    }
    return decided.getDecision() == ReviewDecision.EDIT
        ? Optional.of(
            new Problem(
                "edit-not-possible",
                "the answer to %s cannot be edited: its tokens are the model's. Approve or reject it."
                    .formatted(id)))
        : DecisionRules.ofNumber(id, decided.getNumber(), held.get().reviews());
  }

  private ReviewRequested question(Answer answer, Effect.Waits waits, Terms terms) {
    Choice choice = answer.judging();
    AnswerText text = ledger.text(answer.requestId(), choice);
    return ReviewRequested.newBuilder()
        .setText(text.between(choice.judgedTo(), choice.judgingTo()))
        .setContext(
            Conversations.inWords(
                ledger.started(answer.requestId()).getConversation(),
                text.between(0, choice.judgingTo())))
        .setScore(waits.verdict().score().unsafe())
        .setCategories(waits.verdict().categories())
        .setSubject(VerdictSubject.RESPONSE)
        .setNumber(answer.reviews())
        .setTenant(answer.start().address().tenant())
        .setPolicy(policy(answer))
        .setWindow(AnswerRelease.window(choice))
        .setExpiry(terms.expiry())
        .setUnanswered(terms.unanswered())
        .build();
  }

  private static PolicyReference policy(Answer answer) {
    return answer.start().address().policy().orElseThrow();
  }

  private static boolean isOfAnAnswer(ReviewEvent event) {
    return event.getDecided() != null && event.getDecided().getSubject() == VerdictSubject.RESPONSE;
  }
}
