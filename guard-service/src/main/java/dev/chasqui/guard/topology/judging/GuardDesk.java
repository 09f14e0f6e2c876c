package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.stream.Turnstile;
import java.time.Duration;

/**
 * The guard model of a process, shared by all tasks of both topologies. Safe from any thread.
 *
 * @param classifier asks the model
 * @param turnstile lets in as many judgings as the model takes at once
 * @param timeout how long one judging may take before it counts as undecided
 * @param policyWait how long a judging waits for a policy version that is not here yet
 * @param mostApart how many untrusted texts a prompt may bring along, each judged apart
 */
public record GuardDesk(
    Classifier classifier,
    Turnstile turnstile,
    Duration timeout,
    Duration policyWait,
    int mostApart) {

  /** Enough for a version that was published a moment ago. */
  public static final Duration USUAL_POLICY_WAIT = Duration.ofSeconds(30);

  /** Enough for the documents of one question, or the tools of a long conversation. */
  public static final int USUAL_MOST_APART = 64;

  /** Checks the times and the number. */
  public GuardDesk {
    if (mostApart < 0) {
      throw new IllegalArgumentException(
          "chasqui.guard.max-untrusted-texts is %d: it must not be negative; %d is usual"
              .formatted(mostApart, USUAL_MOST_APART));
    }
    if (policyWait.isNegative()) {
      throw new IllegalArgumentException(
          "chasqui.policies.patience is %s: it must not be negative; 30s is usual"
              .formatted(policyWait));
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "chasqui.guard.timeout is %s: it must be more than zero, for example 30s"
              .formatted(timeout));
    }
  }

  /**
   * Sets up a desk that waits as long as usual for policies, and takes as many texts as usual.
   *
   * @param classifier asks the model
   * @param turnstile lets in as many judgings as the model takes at once
   * @param timeout how long one judging may take before it counts as undecided
   */
  public GuardDesk(Classifier classifier, Turnstile turnstile, Duration timeout) {
    this(classifier, turnstile, timeout, USUAL_POLICY_WAIT, USUAL_MOST_APART);
  }
}
