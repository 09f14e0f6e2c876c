package dev.chasqui.guard.topology.output;

import dev.chasqui.guard.scan.AnswerScan;
import dev.chasqui.guard.topology.state.ChoiceProgress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How far one choice of an answer has come. Positions are token positions, all at ends of chunks.
 * Belongs to the stream thread.
 *
 * <pre>
 *   0 ── releasedTo ── judgedTo ── judgingTo ── received
 *        seen by       judged      with the     came from
 *        readers                   guard now    the generator
 * </pre>
 */
final class Choice {

  private final int number;
  private int judgedTo;
  private int releasedTo;
  private int contextFrom;
  private int judgingTo;
  private int received;
  private Optional<AnswerScan> codeScan = Optional.empty();

  Choice(int number, ChoiceProgress progress) {
    this.number = number;
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

  void received(int tokens) {
    received += tokens;
  }

  void judging(int to) {
    judgingTo = to;
  }

  void judged(int to) {
    judgedTo = to;
  }

  void released(int to) {
    if (to > judgedTo) {
      throw new IllegalStateException(
          "choice %d: released to %d, but judged to %d only".formatted(number, to, judgedTo));
    }
    releasedTo = to;
  }

  void contextFrom(int from) {
    contextFrom = from;
  }
}
