package dev.chasqui.guard.policy;

import java.time.Duration;

/**
 * How long a person may take to decide on a text in the review band, and what holds then.
 *
 * @param timeout time from the request for a review to its end
 * @param unanswered what becomes of a text that nobody decided on
 */
public record Reviews(Duration timeout, Unanswered unanswered) {

  /** Holds where a policy says nothing: a day, then the text is stopped. */
  public static final Reviews USUAL = new Reviews(Duration.ofHours(24), Unanswered.REJECT);

  /** Checks the time. */
  public Reviews {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new InvalidPolicyException(
          "review-timeout is %s: it must be more than zero. PT24H is usual.".formatted(timeout));
    }
  }

  /** What becomes of a text that nobody decided on. */
  public enum Unanswered {
    /** It is stopped. */
    REJECT,
    /** It goes on. */
    APPROVE
  }
}
