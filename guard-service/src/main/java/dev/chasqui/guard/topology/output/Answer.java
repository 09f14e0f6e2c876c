package dev.chasqui.guard.topology.output;

import dev.chasqui.events.GenerationStarted;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.topology.state.AnswerPhase;
import dev.chasqui.guard.topology.state.AnswerProgress;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one answer has come: the progress in the store, and what follows from the other stores.
 * Positions are token positions, all at ends of chunks. Belongs to the stream thread.
 *
 * <pre>
 *   0 ── releasedTo ── judgedTo ── judgingTo ── received
 *        seen by       judged      with the     came from
 *        readers                   guard now    the generator
 * </pre>
 */
final class Answer {

  private final String requestId;
  private final Optional<Start> start;
  private AnswerProgress progress;
  private int judgingTo;
  private int received;
  private boolean ended;

  /**
   * What an answer keeps in memory of how it began; a closed one nothing.
   *
   * @param tenant on whose behalf
   * @param pool who generates
   * @param mode the release mode that holds
   * @param policy the policy that holds, if it is here
   * @param time when the prompt was submitted
   */
  record Start(
      String tenant, String pool, ReleaseMode mode, Optional<Policy> policy, Instant time) {

    static Start of(GenerationStarted started, Optional<Policy> policy) {
      return new Start(
          started.getTenant(),
          started.getPool(),
          PolicyReferences.mode(started.getReleaseMode()),
          policy,
          started.getSubmitTime());
    }

    /** Without its policy an answer is put before the guard at once, and fails closed there. */
    int windowTokens() {
      return policy.map(known -> known.release().windowTokens()).orElse(1);
    }
  }

  private Answer(String requestId, Optional<Start> start, AnswerProgress progress) {
    this.requestId = requestId;
    this.start = start;
    this.progress = progress;
  }

  static Answer open(String requestId, Start start, AnswerProgress progress) {
    return new Answer(requestId, Optional.of(start), progress);
  }

  static Answer closed(String requestId) {
    return new Answer(
        requestId,
        Optional.empty(),
        AnswerProgress.newBuilder().setPhase(AnswerPhase.CLOSED).build());
  }

  String requestId() {
    return requestId;
  }

  AnswerProgress progress() {
    return progress;
  }

  boolean isOpen() {
    return progress.getPhase() == AnswerPhase.OPEN;
  }

  Start start() {
    return start.orElseThrow(() -> new IllegalStateException(requestId + " is closed"));
  }

  int received() {
    return received;
  }

  int judgingTo() {
    return judgingTo;
  }

  boolean isEnded() {
    return ended;
  }

  boolean hasUnjudged() {
    return received > progress.getJudgedTo();
  }

  /** Whether the guard is to look at what has come since it looked last. */
  boolean isDue() {
    int unjudged = received - progress.getJudgedTo();
    return unjudged >= start().windowTokens() || (ended && unjudged > 0);
  }

  void received(int tokens) {
    received += tokens;
  }

  void ended() {
    ended = true;
  }

  void judging(int to) {
    judgingTo = to;
  }

  void judged(int to) {
    progress = AnswerProgress.newBuilder(progress).setJudgedTo(to).build();
  }

  void released(int to) {
    if (to > progress.getJudgedTo()) {
      throw new IllegalStateException(
          "%s: released to %d, but judged to %d only"
              .formatted(requestId, to, progress.getJudgedTo()));
    }
    progress = AnswerProgress.newBuilder(progress).setReleasedTo(to).build();
  }

  void contextFrom(int from) {
    progress = AnswerProgress.newBuilder(progress).setContextFrom(from).build();
  }
}
