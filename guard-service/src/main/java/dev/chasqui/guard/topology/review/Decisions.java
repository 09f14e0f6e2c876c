package dev.chasqui.guard.topology.review;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.wire.Final;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Decisions as they are remembered, told on, and put to whoever asked. */
public final class Decisions {

  private static final int LONGEST_REASON = 2000;

  private Decisions() {}

  /**
   * Returns what a decision is known by, to tell a repeat.
   *
   * @param value the record's value as it came
   * @return its SHA-256
   */
  public static ByteBuffer hash(byte[] value) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  /**
   * Returns a person's decision as it is told on: with the number of its review, and a reason that
   * fits.
   *
   * @param decided the decision
   * @param subject of what
   * @param number the review that it ends
   * @return the same, complete
   */
  public static ReviewDecided toldOn(ReviewDecided decided, VerdictSubject subject, int number) {
    String reason = decided.getReason();
    return ReviewDecided.newBuilder(decided)
        .setSubject(subject)
        .setNumber(number)
        .setReason(
            reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…")
        .build();
  }

  /**
   * Returns what ends a review without a person.
   *
   * @param decision TIMED_OUT or WITHDRAWN
   * @param why in words
   * @param subject of what
   * @param number the review that it ends
   * @return the decision
   */
  public static ReviewDecided ofGuard(
      ReviewDecision decision, String why, VerdictSubject subject, int number) {
    return ReviewDecided.newBuilder()
        .setDecision(decision)
        .setReason(why)
        .setSubject(subject)
        .setNumber(number)
        .build();
  }

  /**
   * Returns the last word on what a person rejected; it does not name that person.
   *
   * @param what prompt or answer
   * @param policy which had a person decide
   * @param decided the decision
   * @param categories hazard categories of the verdict
   * @return the rejection
   */
  public static Final.Rejected rejection(
      String what, PolicyReference policy, ReviewDecided decided, List<String> categories) {
    String reason = decided.getReason().isBlank() ? "no reason is given" : decided.getReason();
    return Final.Rejected.content(
        "review-rejected",
        "policy %s@%d had a person decide on the %s, who rejected it: %s"
            .formatted(policy.getPolicyId(), policy.getVersion(), what, reason),
        categories);
  }

  /**
   * Returns the last word on what nobody decided on.
   *
   * @param why in words
   * @param categories hazard categories of the verdict
   * @return the rejection
   */
  public static Final.Rejected timedOut(String why, List<String> categories) {
    return Final.Rejected.content("review-timed-out", why + ".", categories);
  }
}
