package dev.chasqui.guard.verdict;

import java.util.Optional;

/**
 * What a policy makes of one hazard.
 *
 * @param unsafe the action holds from this category score on, in (0, 1]; empty: from the policy's
 *     own threshold on
 * @param review below that, a score that reaches this is for a person to decide on; empty where
 *     nothing is
 * @param action what becomes of a text that has this hazard
 */
public record CategoryRule(Optional<Double> unsafe, Optional<Double> review, Action action) {

  /** Checks the ranges. */
  public CategoryRule {
    unsafe.ifPresent(score -> check("unsafe-threshold", score));
    review.ifPresent(score -> check("review-threshold", score));
    if (action == Action.ALLOW && review.isPresent()) {
      throw new IllegalArgumentException(
          "review-threshold is %s, but the action is allow: what is allowed is not reviewed. Set one of them."
              .formatted(review.get()));
    }
  }

  /** Returns whether the rule says what holds without it too. */
  public boolean isUsual() {
    return unsafe.isEmpty() && review.isEmpty() && action == Action.BLOCK;
  }

  /**
   * Returns from which category score on the action holds.
   *
   * @param usual thresholds of the policy
   * @return the rule's own threshold, else the policy's
   */
  public double unsafe(Thresholds usual) {
    return unsafe.orElse(usual.unsafe());
  }

  /** Returns the lowest score that leads to anything. */
  double lowest(Thresholds usual) {
    return Math.min(unsafe(usual), review.orElse(1.0));
  }

  /** Returns what the hazard leads to; empty where its score is below every threshold. */
  Optional<Action> actionOn(double score, Thresholds usual) {
    if (score >= unsafe(usual)) {
      return Optional.of(action);
    }
    return review.filter(from -> score >= from).map(_ -> Action.REVIEW);
  }

  private static void check(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException("%s is %s: it must lie in (0, 1]".formatted(name, value));
    }
  }
}
