package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.review.Decisions;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Blocking;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.stream.Measured;
import java.time.Instant;

/**
 * Ends answers: all that is left is shown, or all that was not let through is taken back, then the
 * final is written, in one transaction. Belongs to the stream thread.
 */
final class AnswerEnd {

  /** Is not sent: the generator has ended. */
  private static final Stop NO_STOP = new Stop(StopCause.CANCELLED, "");

  private final OutputPorts ports;
  private final AnswerLedger ledger;
  private final Judgings judgings;
  private final CodeWatch code;
  private final TokenRelease release;

  AnswerEnd(OutputPorts ports, AnswerLedger ledger, Judgings judgings, CodeWatch code) {
    this.ports = ports;
    this.ledger = ledger;
    this.judgings = judgings;
    this.code = code;
    this.release = new TokenRelease(ports, ledger);
  }

  /** Ends an answer whose generator has ended and of which nothing is left to judge. */
  void finish(Answer answer) {
    if (isStoppedForCode(answer)) {
      return;
    }
    for (Choice choice : answer.choices()) {
      // What is left brought no text that the guard has not seen.
      choice.judged(choice.received());
      if (release.rest(answer, choice) instanceof Measured.TooLarge large) {
        fail(answer, "request-too-large", large.message("a piece of the answer"));
        return;
      }
    }
    ports.end(answer.start().address(), end(answer));
    ledger.forget(answer.requestId());
  }

  /**
   * Ends an answer whose generator was cancelled or ran out of time while a window waits for a
   * person: nobody waits for the answer any more. One that was generated to its end stays.
   */
  void finishHeld(Answer answer) {
    if (!answer.isEnded()) {
      return;
    }
    switch (end(answer)) {
      case Final.Cancelled cancelled -> end(answer, NO_STOP, cancelled);
      case Final.Expired expired -> end(answer, NO_STOP, expired);
      case Final.Finished _, Final.Failed _, Final.Rejected _ -> {
        // the decision comes first
      }
    }
  }

  /** Ends an answer whose generator has ended and that nobody waits for any more. */
  void cancel(Answer answer, String reason) {
    answer.ended();
    end(answer, NO_STOP, new Final.Cancelled(reason));
  }

  /** Ends an answer that waited for a person until its deadline. */
  void expire(Answer answer, Instant deadline) {
    end(answer, new Stop(StopCause.CANCELLED, "expired"), new Final.Expired(deadline));
  }

  /** Ends an answer that may not go on, and tells the generator unless that has ended. */
  void stop(Answer answer, Final.Rejected why) {
    end(answer, new Stop(StopCause.UNSAFE, why.code()), why);
  }

  /** Ends an answer that cannot go on, and tells the generator unless that has ended. */
  void fail(Answer answer, String code, String message) {
    end(answer, new Stop(StopCause.CANCELLED, code), new Final.Failed(code, message));
  }

  private void end(Answer answer, Stop stop, Final end) {
    Address address = answer.start().address();
    judgings.withdraw(answer.requestId());
    withdrawReview(answer);
    release.takeBack(answer, end);
    ports.end(address, end);
    if (answer.isEnded()) {
      ledger.forget(answer.requestId());
    } else {
      ports.admissions().stop(answer.start().pool(), answer.requestId(), stop);
      ledger.close(answer);
    }
  }

  private Final end(Answer answer) {
    GenerationEvent end = ledger.end(answer.requestId());
    return OutputTask.end(end, ledger.deadline(answer).orElseGet(ports::now));
  }

  private void withdrawReview(Answer answer) {
    if (answer.held().isPresent()) {
      ports
          .reviews()
          .decided(
              answer.requestId(),
              Decisions.ofGuard(
                  ReviewDecision.WITHDRAWN,
                  "the request ended before anybody decided",
                  VerdictSubject.RESPONSE,
                  answer.reviews()));
      ports.observer().reviewEnded(answer.requestId(), ReviewDecision.WITHDRAWN);
    }
  }

  /** Closes the open code blocks of all choices; what that brings to light may stop the answer. */
  private boolean isStoppedForCode(Answer answer) {
    for (Choice choice : answer.choices()) {
      CodeFindings found = code.ended(answer, choice, ledger.text(answer.requestId(), choice));
      boolean stops = found.stops() && answer.start().heedsVerdicts();
      if (!found.findings().isEmpty()) {
        VerdictWindow window =
            new VerdictWindow(choice.number(), choice.judgedTo(), choice.received());
        ports.code(answer.start().address(), window, found, !stops);
        audit(answer, found);
      }
      if (stops) {
        stop(answer, Blocking.ofCode(found, answer.start().reference()));
        return true;
      }
    }
    return false;
  }

  /** Tells of code that goes on only since nobody heeds the scan. */
  private void audit(Answer answer, CodeFindings found) {
    if (found.stops() && !answer.start().heedsVerdicts()) {
      PolicyReference policy = answer.start().reference();
      ports.observer().audited(policy, Blocking.ofCode(found, policy).code());
    }
  }
}
