package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.StopMissed;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.topology.judging.Judgement;
import dev.chasqui.guard.topology.judging.JudgingCase;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.Waiting;
import java.util.List;
import java.util.Optional;

/** Decides when an answer is judged, what is shown of it, and what a verdict does to it. */
final class AnswerRelease {

  private final OutputPorts ports;
  private final AnswerLedger ledger;
  private final Judgings judgings;
  private final CodeWatch code;
  private final TokenRelease release;
  private final AnswerEnd ends;
  private final AnswerReviews reviews;

  AnswerRelease(OutputPorts ports, AnswerLedger ledger, Judgings judgings, CodeWatch code) {
    this.ports = ports;
    this.ledger = ledger;
    this.judgings = judgings;
    this.code = code;
    this.release = new TokenRelease(ports, ledger);
    this.ends = new AnswerEnd(ports, ledger, judgings, code);
    this.reviews = new AnswerReviews(ports, ledger, ends, this::passed);
  }

  /** Returns what holds windows for a person. */
  AnswerReviews reviews() {
    return reviews;
  }

  /** Goes on with the answers of an earlier incarnation. */
  void resume() {
    reviews.resume();
    ledger.all().forEach(this::advance);
  }

  /** Takes tokens that go on where the choice stands. */
  void received(Answer answer, Choice choice, TokensGenerated chunk) {
    Measured stored = ledger.append(answer.requestId(), choice, chunk);
    Measured taken =
        stored instanceof Measured.Fits ? release.received(answer, choice, chunk) : stored;
    if (taken instanceof Measured.TooLarge large) {
      fail(answer, "request-too-large", large.message("a piece of the answer"));
    } else {
      advance(answer);
    }
  }

  /** Asks the guard if enough is new, or ends the answer if nothing is left to judge. */
  void advance(Answer answer) {
    if (!answer.isOpen() || judgings.isOpen(answer.requestId())) {
      return;
    }
    if (answer.held().isPresent()) {
      ends.finishHeld(answer);
      return;
    }
    Optional<Choice> due = answer.due(choice -> hasUnjudgedText(answer, choice));
    if (due.isPresent()) {
      answer.judging(due.get());
      judgings.submit(answer.requestId(), waiting(answer));
    } else if (answer.isEnded()) {
      ends.finish(answer);
    }
  }

  /** Reads what the guard is to judge now: all that has come, or as much as it can be shown. */
  static Optional<JudgingCase> read(OutputPorts ports, AnswerLedger ledger, Answer answer) {
    Choice choice = answer.judging();
    AnswerText text = ledger.text(answer.requestId(), choice);
    choice.judging(text.endWithin(choice.judgedTo(), ports.tailTokens()));
    GenerationStarted started = ledger.started(answer.requestId());
    String shown = text.between(choice.contextFrom(), choice.judgingTo());
    Subject subject =
        new Subject(
            answer.requestId(),
            started.getTenant(),
            Conversations.turns(started.getConversation(), shown));
    return answer
        .start()
        .policy()
        .map(policy -> new JudgingCase(subject, policy, List.of(), ports.shadows(answer, policy)));
  }

  /** Takes a judgement. */
  void judged(Judgement judgement) {
    ledger
        .find(judgement.requestId())
        .filter(Answer::isOpen)
        .ifPresent(answer -> judged(answer, judgement));
  }

  /**
   * Ends an answer that was cancelled behind its generation, whatever it waits for. What was shown
   * for good is judged all the same, and ends as cancelled then; where the generator has forgotten
   * an answer that it never ended, there is no end to wait for.
   */
  void cancelled(Answer answer, StopMissed stop) {
    if (!answer.isOpen()) {
      return;
    }
    if (answer.start().heedsVerdicts() || !answer.isEnded()) {
      ends.cancel(answer, stop.getReason());
    } else {
      ledger.cancelled(answer, stop.getReason());
    }
  }

  /** Ends an answer that cannot go on, and tells the generator. */
  void fail(Answer answer, String reason, String message) {
    ends.fail(answer, reason, message);
  }

  private void judged(Answer answer, Judgement judgement) {
    Verdict verdict = judgement.verdict();
    if (isTooLong(verdict) && shorten(answer)) {
      judgings.submit(answer.requestId(), waiting(answer));
      return;
    }
    Choice choice = answer.judging();
    CodeFindings found = code.judged(answer, ledger.text(answer.requestId(), choice));
    Effect effect = Effect.on(answer.start(), verdict, found);
    ports.judged(
        answer.start().address(),
        new Verdicts.Finding(verdict, effect.admits(), judgement.latency()),
        window(choice),
        found);
    audit(answer, verdict, found);
    switch (effect) {
      case Effect.GoesOn _ -> passed(answer);
      case Effect.Stops(var rejection) -> ends.stop(answer, rejection);
      case Effect.Waits waits -> reviews.hold(answer, waits);
    }
  }

  /** Tells what goes on only since nobody heeds the verdict. */
  private void audit(Answer answer, Verdict verdict, CodeFindings found) {
    if (!answer.start().heedsVerdicts()) {
      Effect.byPolicy(answer.start(), verdict, found)
          .outcome()
          .ifPresent(outcome -> ports.observer().audited(answer.start().reference(), outcome));
    }
  }

  /** The part of a choice that is judged now. */
  static VerdictWindow window(Choice choice) {
    return new VerdictWindow(choice.number(), choice.judgedTo(), choice.judgingTo());
  }

  private void passed(Answer answer) {
    Choice choice = answer.judging();
    choice.judged(choice.judgingTo());
    if (release.judged(answer, choice) instanceof Measured.TooLarge large) {
      fail(answer, "request-too-large", large.message("a piece of the answer"));
    } else {
      ledger.save(answer);
      advance(answer);
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

  private static Waiting waiting(Answer answer) {
    return new Waiting(
        answer.start().address().tenant(),
        0,
        Optional.empty(),
        answer.start().time(),
        answer.judging().unjudged());
  }
}
