package dev.chasqui.guard.verdict;

import java.util.List;
import java.util.Optional;

/** What a guard found out about a text. Undecided is not safe. */
public sealed interface Verdict {

  /**
   * The text may pass.
   *
   * @param score the score under the threshold
   */
  record Safe(Score score) implements Verdict {}

  /**
   * A person decides; until then the text does not pass.
   *
   * @param score the score in the review band
   * @param categories codes of the hazards found; empty where they were not asked for
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
   * @param score the score at or over the threshold
   * @param categories codes of the hazards found; empty where they were not asked for
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
   * @param score the score that was not trusted, where there is one
   */
  record Undecided(Cause cause, String reason, Optional<Score> score) implements Verdict {}

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
