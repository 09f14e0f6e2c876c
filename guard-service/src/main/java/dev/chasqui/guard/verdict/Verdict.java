package dev.chasqui.guard.verdict;

import java.util.List;
import java.util.Optional;

/** What a guard found out about a text. Undecided is not safe. */
public sealed interface Verdict {

  /**
   * The text may pass.
   *
   * @param score the score under every threshold, or of hazards that the policy allows
   */
  record Safe(Score score) implements Verdict {}

  /**
   * A person decides; until then the text does not pass.
   *
   * @param score the score in a review band
   * @param categories codes of the hazards that led here; empty where they were not asked for
   */
  record Review(Score score, List<String> categories) implements Verdict {

    /** Copies the list. */
    public Review {
      categories = List.copyOf(categories);
    }
  }

  /**
   * The text is stopped.
   *
   * @param score the score at or over a threshold
   * @param categories codes of the hazards that led here; empty where they were not asked for
   */
  record Unsafe(Score score, List<String> categories) implements Verdict {

    /** Copies the list. */
    public Unsafe {
      categories = List.copyOf(categories);
    }
  }

  /**
   * The guard cannot say; the policy decides what becomes of the text.
   *
   * @param cause why, as a closed set
   * @param reason why, in words
   * @param score the score, where there is one; with {@link Cause#LOW_MASS} not to be trusted
   */
  record Undecided(Cause cause, String reason, Optional<Score> score) implements Verdict {}

  /** Returns the score that the verdict rests on; empty where it is undecided. */
  default Optional<Score> trustedScore() {
    return switch (this) {
      case Safe(Score score) -> Optional.of(score);
      case Review(Score score, _) -> Optional.of(score);
      case Unsafe(Score score, _) -> Optional.of(score);
      case Undecided _ -> Optional.empty();
    };
  }

  /**
   * Returns an undecided verdict without a score.
   *
   * @param cause why, as a closed set
   * @param reason why, in words
   * @return the verdict
   */
  static Verdict undecided(Cause cause, String reason) {
    return new Undecided(cause, reason, Optional.empty());
  }

  /**
   * Returns an unsafe verdict without categories.
   *
   * @param score the score at or over the threshold
   * @return the verdict
   */
  static Verdict unsafe(Score score) {
    return new Unsafe(score, List.of());
  }
}
