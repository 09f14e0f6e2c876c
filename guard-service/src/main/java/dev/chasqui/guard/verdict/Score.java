package dev.chasqui.guard.verdict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a guard model said, as numbers.
 *
 * @param unsafe P(unsafe) / (P(safe) + P(unsafe)), in [0, 1]
 * @param mass P(safe) + P(unsafe), in [0, 1]: how much of the model's belief is on a verdict at all
 * @param categories code of a hazard to its part of {@code unsafe}, in the order of the policy;
 *     empty where they were not asked for
 */
public record Score(double unsafe, double mass, Map<String, Double> categories) {

  /** Rounding of two probabilities may lift their sum this far above one. */
  private static final double ROUNDING = 1e-3;

  /** Checks the ranges. */
  public Score {
    check("unsafe", unsafe);
    check("mass", mass);
    categories.forEach(Score::check);
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
  }

  /**
   * Makes a score of a text alone.
   *
   * @param unsafe P(unsafe) / (P(safe) + P(unsafe)), in [0, 1]
   * @param mass P(safe) + P(unsafe), in [0, 1]
   */
  public Score(double unsafe, double mass) {
    this(unsafe, mass, Map.of());
  }

  /**
   * Splits this score among hazards.
   *
   * <p>What is known of a hazard is the probability that its code is the first that the model names
   * after the verdict "unsafe". Normalised over the codes asked for, that is the model's belief
   * which hazard it is, given that there is one: P(code | unsafe). So the category score is unsafe
   * x P(code | unsafe), the belief that the text is unsafe and for this reason; together they are
   * the score of the text, and none is above it. A text that has two hazards alike shares its score
   * among them: set thresholds of categories lower than those of the text.
   *
   * @param codes the hazards asked for
   * @param logs natural-log probability of each code after the verdict, all numbers, one finite
   * @return the same score with its categories
   */
  Score split(List<String> codes, List<Double> logs) {
    double largest = Collections.max(logs);
    double sum = logs.stream().mapToDouble(log -> Math.exp(log - largest)).sum();
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < codes.size(); i++) {
      parts.put(codes.get(i), unsafe * (Math.exp(logs.get(i) - largest) / sum));
    }
    return new Score(unsafe, mass, parts);
  }

  /** Returns whether every log-probability is a number of a probability, and one not of zero. */
  static boolean areProbabilities(List<Double> logs) {
    // The maximum is NaN where one of them is.
    double largest = logs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    return Double.isFinite(largest) && Math.exp(largest) <= 1 + ROUNDING;
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
