package dev.chasqui.guard.verdict;

import java.util.List;
import java.util.Optional;

/**
 * Where a score becomes a verdict.
 *
 * <pre>
 * 0 ── allow ── review ── review ── unsafe ── block ── 1
 * </pre>
 *
 * @param unsafe a score that reaches this is unsafe, in (0, 1]
 * @param review below {@code unsafe}, a score that reaches this is for a person to decide on, in
 *     (0, unsafe]; empty where nothing is
 * @param minimumMass below this verdict mass nothing is decided, in [0, 1]
 */
public record Thresholds(double unsafe, Optional<Double> review, double minimumMass) {

  /** Checks the ranges; a threshold of 0 would stop everything and is taken for a mistake. */
  public Thresholds {
    if (!(unsafe > 0 && unsafe <= 1)) {
      throw new IllegalArgumentException(
          "unsafe-threshold is %s: it must lie in (0, 1]. 0.5 is usual.".formatted(unsafe));
    }
    if (review.isPresent() && !(review.get() > 0 && review.get() <= unsafe)) {
      throw new IllegalArgumentException(
          "review-threshold is %s: it must lie in (0, %s], which ends where unsafe-threshold begins"
              .formatted(review.get(), unsafe));
    }
    if (!(minimumMass >= 0 && minimumMass <= 1)) {
      throw new IllegalArgumentException(
          "minimum-verdict-mass is %s: it must lie in [0, 1]. 0.5 is usual."
              .formatted(minimumMass));
    }
  }

  /**
   * Sets thresholds without a review band.
   *
   * @param unsafe a score that reaches this is unsafe, in (0, 1]
   * @param minimumMass below this verdict mass nothing is decided, in [0, 1]
   */
  public Thresholds(double unsafe, double minimumMass) {
    this(unsafe, Optional.empty(), minimumMass);
  }

  /**
   * Decides.
   *
   * @param safe natural-log probability of the verdict "safe"
   * @param unsafeLog natural-log probability of the verdict "unsafe"
   * @return safe, review or unsafe, or undecided where the numbers do not say so
   */
  public Verdict judge(double safe, double unsafeLog) {
    if (!Score.exists(safe, unsafeLog)) {
      return Verdict.undecided(
          Cause.NO_NUMBER,
          "the guard model gave log-probabilities %s for safe and %s for unsafe"
              .formatted(safe, unsafeLog));
    }
    return judge(Score.of(safe, unsafeLog));
  }

  /**
   * Returns in which band a score lies.
   *
   * @param score in [0, 1]
   * @return what becomes of a text with it
   */
  public Action actionOn(double score) {
    if (score >= unsafe) {
      return Action.BLOCK;
    }
    return review.filter(from -> score >= from).isPresent() ? Action.REVIEW : Action.ALLOW;
  }

  /**
   * Splits a score among hazards.
   *
   * @param score of the text
   * @param codes the hazards asked for
   * @param logs natural-log probability of each code after the verdict "unsafe"
   * @return the score with its categories; empty where the numbers do not say so, or the codes
   *     together hold less than the minimum mass
   */
  public Optional<Score> split(Score score, List<String> codes, List<Double> logs) {
    if (logs.size() != codes.size() || !Score.areProbabilities(logs)) {
      return Optional.empty();
    }
    double mass = logs.stream().mapToDouble(Math::exp).sum();
    return mass < minimumMass ? Optional.empty() : Optional.of(score.split(codes, logs));
  }

  private Verdict judge(Score score) {
    if (score.mass() < minimumMass) {
      return new Verdict.Undecided(
          Cause.LOW_MASS,
          "the two verdicts hold %.6f of the guard model's probability, the policy asks for %s"
              .formatted(score.mass(), minimumMass),
          Optional.of(score));
    }
    return switch (actionOn(score.unsafe())) {
      case BLOCK -> Verdict.unsafe(score);
      case REVIEW -> new Verdict.Review(score, List.of());
      case ALLOW -> new Verdict.Safe(score);
    };
  }
}
