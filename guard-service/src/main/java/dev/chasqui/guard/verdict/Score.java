package dev.chasqui.guard.verdict;

/**
 * What a guard model said, as two numbers.
 *
 * @param unsafe P(unsafe) / (P(safe) + P(unsafe)), in [0, 1]
 * @param mass P(safe) + P(unsafe), in [0, 1]: how much of the model's belief is on a verdict at all
 */
public record Score(double unsafe, double mass) {

  /** Rounding of two probabilities may lift their sum this far above one. */
  private static final double ROUNDING = 1e-3;

  /** Checks the ranges. */
  public Score {
    check("unsafe", unsafe);
    check("mass", mass);
  }

  /**
   * Returns whether two log-probabilities make a score.
   *
   * @param safe natural-log probability of the verdict "safe"
   * @param unsafe natural-log probability of the verdict "unsafe"
   * @return false where one is NaN, where a probability or their sum is above one, or both are zero
   */
  static boolean exists(double safe, double unsafe) {
    double mass = Math.exp(safe) + Math.exp(unsafe);
    return Double.isFinite(Math.max(safe, unsafe))
        && !Double.isNaN(safe)
        && !Double.isNaN(unsafe)
        && mass <= 1 + ROUNDING;
  }

  /**
   * Returns the score of two log-probabilities. The ratio is taken from their difference, so it is
   * right where both probabilities underflow.
   *
   * @param safe natural-log probability of the verdict "safe"
   * @param unsafe natural-log probability of the verdict "unsafe"
   * @return their score
   */
  static Score of(double safe, double unsafe) {
    double ratio = 1 / (1 + Math.exp(safe - unsafe));
    return new Score(ratio, Math.min(1, Math.exp(safe) + Math.exp(unsafe)));
  }

  private static void check(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": it must lie in [0, 1]");
    }
  }
}
