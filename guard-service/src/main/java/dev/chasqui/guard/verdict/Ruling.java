package dev.chasqui.guard.verdict;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a policy makes of scores: one for the text, and one for each hazard where they were asked
 * for. The rule is in the package's description.
 *
 * @param thresholds of the text as a whole
 * @param rules code of a hazard to what holds for it; hazards without a rule are not in it
 */
public record Ruling(Thresholds thresholds, Map<String, CategoryRule> rules) {

  /** Copies the rules. */
  public Ruling {
    rules = Map.copyOf(rules);
  }

  /**
   * Returns whether the scores of the hazards can change what becomes of a text. None of them is
   * above the score of the text, so below every threshold none can.
   *
   * @param score of the text
   * @return false where the text is plainly safe
   */
  public boolean isConcernedBy(Score score) {
    return score.unsafe() >= lowestThreshold();
  }

  /**
   * Decides by the score of the text and those of its hazards.
   *
   * @param score with a category score for each hazard, or without any
   * @return safe, review or unsafe
   */
  public Verdict judge(Score score) {
    Map<Action, List<String>> above = above(score);
    if (above.containsKey(Action.BLOCK)) {
      return new Verdict.Unsafe(score, above.get(Action.BLOCK));
    }
    List<String> reviewed = above.getOrDefault(Action.REVIEW, List.of());
    List<String> taken = concat(reviewed, above.getOrDefault(Action.ALLOW, List.of()));
    return switch (thresholds.actionOn(rest(score, taken))) {
      case BLOCK -> new Verdict.Unsafe(score, mostLikely(score, taken));
      case REVIEW ->
          new Verdict.Review(score, reviewed.isEmpty() ? mostLikely(score, taken) : reviewed);
      case ALLOW ->
          reviewed.isEmpty() ? new Verdict.Safe(score) : new Verdict.Review(score, reviewed);
    };
  }

  /**
   * Decides where the scores of the hazards were asked for and cannot be had. The score of the text
   * is trusted: what it stops stays stopped (see {@code Policy.admits}).
   *
   * @param score of the text
   * @param cause why there are none
   * @param reason why, in words
   * @return undecided where a rule could have changed the outcome, else what the score alone says
   */
  public Verdict judgeWithoutCategories(Score score, Cause cause, String reason) {
    return rules.isEmpty() || !isConcernedBy(score)
        ? judge(score)
        : new Verdict.Undecided(cause, reason, Optional.of(score));
  }

  private double lowestThreshold() {
    double ofText = thresholds.review().orElse(thresholds.unsafe());
    return rules.values().stream()
        .mapToDouble(rule -> rule.lowest(thresholds))
        .reduce(ofText, Math::min);
  }

  /** The hazards that reach a threshold of theirs, by what they lead to, likeliest first. */
  private Map<Action, List<String>> above(Score score) {
    Map<Action, List<String>> above = new EnumMap<>(Action.class);
    likeliestFirst(score)
        .forEach(code -> {
          double ofCategory = score.categories().get(code);
          Optional.ofNullable(rules.get(code))
              .flatMap(rule -> rule.actionOn(ofCategory, thresholds))
              .ifPresent(action -> above.merge(action, List.of(code), Ruling::concat));
        });
    return above;
  }

  /** What is left of the score when some hazards are decided on by themselves. */
  private static double rest(Score score, List<String> taken) {
    double sum = taken.stream().mapToDouble(score.categories()::get).sum();
    return Math.max(0, score.unsafe() - sum);
  }

  private static List<String> mostLikely(Score score, List<String> taken) {
    return likeliestFirst(score).stream().filter(code -> !taken.contains(code)).limit(1).toList();
  }

  private static List<String> likeliestFirst(Score score) {
    Comparator<Map.Entry<String, Double>> byScore = Map.Entry.comparingByValue();
    return score.categories().entrySet().stream()
        .sorted(byScore.reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> concat(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
