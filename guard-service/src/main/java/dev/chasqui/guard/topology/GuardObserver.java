package dev.chasqui.guard.topology;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Verdicts;

/** Watches the guard at work, for metrics and logs. Called on stream threads; must not block. */
public interface GuardObserver {

  /** Watches nothing. */
  GuardObserver NONE = new GuardObserver() {};

  /** What a verdict was about. */
  enum Judged {
    /** A prompt. */
    PROMPT,
    /** An answer so far. */
    RESPONSE
  }

  /**
   * A verdict was written.
   *
   * @param judged what it was about
   * @param finding the verdict and what became of it
   */
  default void judged(Judged judged, Verdicts.Finding finding) {}

  /**
   * Tokens of one choice that had been shown were taken back; release mode RETRACT alone does that.
   *
   * @param policy that holds
   * @param end the last word, in the same transaction
   */
  default void retracted(PolicyReference policy, Final end) {}

  /**
   * A part of an answer goes on under release mode AUDIT that no other mode would let through.
   *
   * @param policy that holds
   * @param outcome the code of the final that another mode would have written, or {@code review}
   */
  default void audited(PolicyReference policy, String outcome) {}

  /**
   * A prompt went to a pool.
   *
   * @param requestId the request
   * @param pool the pool
   */
  default void admitted(String requestId, String pool) {}

  /**
   * A final was written.
   *
   * @param requestId the request
   * @param end the last word
   */
  default void ended(String requestId, Final end) {}

  /**
   * A prompt came again.
   *
   * @param requestId the request
   */
  default void repeated(String requestId) {}

  /**
   * A person was asked to decide.
   *
   * @param requestId the request
   */
  default void reviewRequested(String requestId) {}

  /**
   * A review ended.
   *
   * @param requestId the request
   * @param decision how
   */
  default void reviewEnded(String requestId, ReviewDecision decision) {}

  /**
   * A record was put aside.
   *
   * @param code why, as a stable code
   */
  default void putAside(String code) {}

  /**
   * An event of a policy is not used. Called on the thread that reads policies.
   *
   * @param code why, as a stable code
   */
  default void policyRefused(String code) {}
}
