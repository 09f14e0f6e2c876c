package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.Stop;
import dev.chasqui.events.StopCause;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.topology.judging.Judgement;
import dev.chasqui.guard.topology.judging.JudgingCase;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Blocking;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Waiting;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Decides when an answer is judged, what a verdict releases, and how it ends. */
final class AnswerRelease {

  private final OutputPorts ports;
  private final AnswerLedger ledger;
  private final Judgings judgings;
  private final CodeWatch code;

  AnswerRelease(OutputPorts ports, AnswerLedger ledger, Judgings judgings, CodeWatch code) {
    this.ports = ports;
    this.ledger = ledger;
    this.judgings = judgings;
    this.code = code;
  }

  /** Goes on with the answers of an earlier incarnation. */
  void resume() {
    ledger.all().forEach(this::advance);
  }

  /** Asks the guard if enough is new, or ends the answer if nothing is left to judge. */
  void advance(Answer answer) {
    if (!answer.isOpen() || judgings.isOpen(answer.requestId())) {
      return;
    }
    Optional<Choice> due = answer.due(choice -> hasUnjudgedText(answer, choice));
    if (due.isPresent()) {
      answer.judging(due.get());
      judgings.submit(answer.requestId(), waiting(answer));
    } else if (answer.isEnded()) {
      finish(answer);
    }
  }

  /** Reads what the guard is to judge now: all that has come, or as much as it can be shown. */
  static Optional<JudgingCase> read(AnswerLedger ledger, Answer answer, int tailTokens) {
    Choice choice = answer.judging();
    AnswerText text = ledger.text(answer.requestId(), choice);
    choice.judging(text.endWithin(choice.judgedTo(), tailTokens));
    GenerationStarted started = ledger.started(answer.requestId());
    String shown = text.between(choice.contextFrom(), choice.judgingTo());
    Subject subject =
        new Subject(
            answer.requestId(),
            started.getTenant(),
            Conversations.turns(started.getConversation(), shown));
    return answer.start().policy().map(policy -> new JudgingCase(subject, policy));
  }

  /** Takes a judgement. */
  void judged(Judgement judgement) {
    ledger
        .find(judgement.requestId())
        .filter(Answer::isOpen)
        .ifPresent(answer -> judged(answer, judgement));
  }

  /** Ends an answer that cannot go on, and tells the generator. */
  void fail(Answer answer, String code, String message) {
    stop(answer, StopCause.CANCELLED, new Final.Failed(code, message));
  }

  private void judged(Answer answer, Judgement judgement) {
    Verdict verdict = judgement.verdict();
    if (isTooLong(verdict) && shorten(answer)) {
      judgings.submit(answer.requestId(), waiting(answer));
      return;
    }
    boolean admitted = answer.start().policy().map(policy -> policy.admits(verdict)).orElse(false);
    CodeFindings found = code.judged(answer, ledger.text(answer.requestId(), answer.judging()));
    boolean passes = admitted && !found.stops();
    GenerationStarted started = ledger.started(answer.requestId());
    Address address = Address.of(answer.requestId(), started);
    ports.judged(
        address,
        new Verdicts.Finding(verdict, passes, judgement.latency()),
        window(answer.judging(), answer.judging().judgingTo()),
        found);
    if (passes) {
      passed(answer, address);
    } else {
      PolicyReference policy = started.getPolicy();
      stop(
          answer,
          StopCause.UNSAFE,
          admitted ? Blocking.ofCode(found, policy) : Blocking.ofResponse(verdict, policy));
    }
  }

  private void passed(Answer answer, Address address) {
    Choice choice = answer.judging();
    choice.judged(choice.judgingTo());
    Measured released =
        answer.start().mode() == ReleaseMode.FULL ? new Measured.Fits(0) : release(address, choice);
    if (released instanceof Measured.TooLarge large) {
      fail(answer, "request-too-large", large.message("a piece of the answer"));
    } else {
      ledger.save(answer);
      advance(answer);
    }
  }

  /** Releases what is judged. */
  private Measured release(Address address, Choice choice) {
    AnswerText text = ledger.text(address.requestId(), choice);
    for (TokensReleased tokens : text.release(choice.releasedTo(), choice.judgedTo())) {
      Measured measured = ports.responses().tokens(address, tokens);
      if (measured instanceof Measured.TooLarge) {
        return measured;
      }
      choice.released(tokens.getSequence() + tokens.getTokenIds().size());
    }
    return new Measured.Fits(0);
  }

  private void finish(Answer answer) {
    GenerationStarted started = ledger.started(answer.requestId());
    GenerationFinished finished = ledger.end(answer.requestId()).getFinished();
    Address address = Address.of(answer.requestId(), started);
    if (isStoppedForCode(answer, address)) {
      return;
    }
    for (Choice choice : answer.choices()) {
      // What is left brought no text that the guard has not seen.
      choice.judged(choice.received());
      if (release(address, choice) instanceof Measured.TooLarge large) {
        fail(answer, "request-too-large", large.message("a piece of the answer"));
        return;
      }
    }
    Instant deadline = Objects.requireNonNullElse(started.getDeadline(), ports.now());
    ports.end(address, OutputTask.end(finished, deadline));
    ledger.forget(answer.requestId());
  }

  /** Closes the open code blocks of all choices; what that brings to light may stop the answer. */
  private boolean isStoppedForCode(Answer answer, Address address) {
    for (Choice choice : answer.choices()) {
      CodeFindings found = code.ended(answer, choice, ledger.text(answer.requestId(), choice));
      if (!found.findings().isEmpty()) {
        ports.code(address, window(choice, choice.received()), found);
      }
      if (found.stops()) {
        PolicyReference policy = ledger.started(answer.requestId()).getPolicy();
        stop(answer, StopCause.UNSAFE, Blocking.ofCode(found, policy));
        return true;
      }
    }
    return false;
  }

  private void stop(Answer answer, StopCause cause, Final end) {
    String id = answer.requestId();
    judgings.withdraw(id);
    ports.end(Address.of(id, ledger.started(id)), end);
    if (answer.isEnded()) {
      ledger.forget(id);
    } else {
      ports.admissions().stop(answer.start().pool(), id, new Stop(cause, code(end)));
      ledger.close(answer);
    }
  }

  private boolean hasUnjudgedText(Answer answer, Choice choice) {
    AnswerText text = ledger.text(answer.requestId(), choice);
    return !text.between(choice.judgedTo(), choice.received()).isEmpty();
  }

  /** Lets the guard go on with the last tokens; false where it already does. */
  private boolean shorten(Answer answer) {
    Choice choice = answer.judging();
    AnswerText text = ledger.text(answer.requestId(), choice);
    int tail = text.startFrom(choice.judgingTo() - ports.tailTokens());
    int from = Math.min(tail, choice.judgedTo());
    if (from <= choice.contextFrom()) {
      return false;
    }
    choice.contextFrom(from);
    ledger.save(answer);
    return true;
  }

  private static boolean isTooLong(Verdict verdict) {
    return verdict instanceof Verdict.Undecided undecided && undecided.cause() == Cause.TOO_LONG;
  }

  private static String code(Final end) {
    return switch (end) {
      case Final.Rejected rejected -> rejected.code();
      case Final.Failed failed -> failed.code();
      case Final.Finished _, Final.Cancelled _, Final.Expired _ -> "";
    };
  }

  private static VerdictWindow window(Choice choice, int to) {
    return new VerdictWindow(choice.number(), choice.judgedTo(), to);
  }

  private Waiting waiting(Answer answer) {
    return new Waiting(
        answer.start().tenant(),
        0,
        Optional.empty(),
        answer.start().time(),
        answer.judging().unjudged());
  }
}
