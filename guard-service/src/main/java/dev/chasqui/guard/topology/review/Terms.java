package dev.chasqui.guard.topology.review;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.guard.policy.Reviews;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a person may decide, and what holds then: fixed when the person is asked.
 *
 * @param expiry when the policy decides if nobody has
 * @param approvesUnanswered whether it lets pass what nobody decided on
 */
public record Terms(Instant expiry, boolean approvesUnanswered) {

  /** Longer than anybody waits, and far from the end of time. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  /**
   * Returns the terms of a review that begins.
   *
   * @param policy the policy's rules
   * @param now wall clock
   * @return the terms
   */
  public static Terms of(Reviews policy, Instant now) {
    Duration timeout = policy.timeout().compareTo(LONGEST) > 0 ? LONGEST : policy.timeout();
    return new Terms(now.plus(timeout), policy.unanswered() == Reviews.Unanswered.APPROVE);
  }

  /** Returns what the policy decides, as events name it. */
  public ReviewDecision unanswered() {
    return approvesUnanswered ? ReviewDecision.APPROVE : ReviewDecision.REJECT;
  }

  /**
   * Says that nobody decided, and what the policy does then.
   *
   * @param policy its name
   * @return in words
   */
  public String inWords(PolicyReference policy) {
    return "nobody decided by %s, and policy %s@%d %s what is unanswered"
        .formatted(
            expiry,
            policy.getPolicyId(),
            policy.getVersion(),
            approvesUnanswered ? "approves" : "rejects");
  }
}
