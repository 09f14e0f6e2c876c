package dev.chasqui.guard.topology.output;

import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.scan.AnswerScan;
import dev.chasqui.guard.topology.state.ChoiceProgress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far one choice of an answer has come. Positions are token positions, all at ends of chunks.
 * Belongs to the stream thread.
 *
 * <pre>
 * FULL, WINDOW    0 ── releasedTo ── judgedTo ── judgingTo ── received
 *                      seen by       judged      with the     came from
 *                      readers                   guard now    the generator
 *
 * RETRACT, AUDIT  0 ───────────────  judgedTo ── judgingTo ── received = releasedTo
 * </pre>
 *
 * <p>Where tokens are shown at once, a token is stored and released in one transaction, so the
 * stored tokens say how far readers have come, and the stored {@code releasedTo} is not needed.
 */
final class Choice {

  private final int number;
  private final ReleaseMode mode;
  private int judgedTo;
  private int releasedTo;
  private int contextFrom;
  private int judgingTo;
  private int received;
  private Optional<AnswerScan> codeScan = Optional.empty();

  Choice(int number, ReleaseMode mode, ChoiceProgress progress) {
    this.number = number;
    this.mode = mode;
    this.judgedTo = progress.getJudgedTo();
    this.releasedTo = progress.getReleasedTo();
    this.contextFrom = progress.getContextFrom();
  }

  ChoiceProgress progress() {
    return new ChoiceProgress(judgedTo, releasedTo, contextFrom);
  }

  int number() {
    return number;
  }

  int judgedTo() {
    return judgedTo;
  }

  int releasedTo() {
    return releasedTo;
  }

  int contextFrom() {
    return contextFrom;
  }

  int received() {
    return received;
  }

  int judgingTo() {
    return judgingTo;
  }

  /** The scan of the code so far, begun where this incarnation has none yet. */
  AnswerScan codeScan(Supplier<AnswerScan> begin) {
    AnswerScan scan = codeScan.orElseGet(begin);
    codeScan = Optional.of(scan);
    return scan;
  }

  int unjudged() {
    return received - judgedTo;
  }

  /** Returns what readers have seen and the guard has not let through. */
  int shownUnjudged() {
    return Math.max(0, releasedTo - judgedTo);
  }

  void received(int tokens) {
    received += tokens;
  }

  /** Takes up the tokens that an earlier incarnation stored. */
  void resumed(int stored) {
    received = stored;
    if (mode.showsUnjudged()) {
      releasedTo = stored;
    }
  }

  void judging(int to) {
    judgingTo = to;
  }

  void judged(int to) {
    judgedTo = to;
  }

  /** Returns how far readers may see. */
  int releasable() {
    return mode.showsUnjudged() ? received : judgedTo;
  }

  void released(int to) {
    if (to > releasable()) {
      throw new IllegalStateException(
          "choice %d: released to %d, but only %d may be seen under %s"
              .formatted(number, to, releasable(), mode));
    }
    releasedTo = to;
  }

  void contextFrom(int from) {
    contextFrom = from;
  }
}
