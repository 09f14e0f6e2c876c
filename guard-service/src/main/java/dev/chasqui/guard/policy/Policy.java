package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.Action;
import dev.chasqui.guard.verdict.CategoryRule;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Ruling;
import dev.chasqui.guard.verdict.Thresholds;
import dev.chasqui.guard.verdict.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One version of a guard policy.
 *
 * @param id name, for example {@code default}
 * @param version version, counted from 1
 * @param categories the hazards that the guard looks for, at least one
 * @param thresholds where a score becomes a verdict
 * @param undecided what becomes of a text on which the guard could not decide
 * @param release what a reader sees while an answer is judged
 * @param codeScan what becomes of insecure code in an answer
 * @param reviews what holds while a person decides
 * @param categoryScoring when the guard is asked which hazards a text has
 * @param shadows ids of policies whose active versions judge the same texts, without effect
 * @param languages languages that policy and guard model were made for, as BCP 47 tags; empty where
 *     nobody said; a note that changes no verdict
 */
public record Policy(
    String id,
    int version,
    List<Category> categories,
    Thresholds thresholds,
    Undecided undecided,
    Release release,
    CodeScan codeScan,
    Reviews reviews,
    CategoryScoring categoryScoring,
    List<String> shadows,
    List<String> languages) {

  /** Each may cost as much as the policy itself. */
  private static final int MOST_SHADOWS = 4;

  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  /** Checks name, version, categories, shadows and languages. */
  public Policy {
    categories = List.copyOf(categories);
    shadows = List.copyOf(shadows);
    if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new InvalidPolicyException(
          "id is \"%s\": use 1 to 64 letters, digits, dots, dashes and underscores".formatted(id));
    }
    if (version < 1) {
      throw new InvalidPolicyException("version is %d: it counts from 1".formatted(version));
    }
    if (categories.isEmpty()) {
      throw new InvalidPolicyException("categories is empty: the guard must look for something");
    }
    if (categories.stream().map(Category::code).distinct().count() < categories.size()) {
      throw new InvalidPolicyException("categories holds a code twice: " + codes(categories));
    }
    checkRules(categories, thresholds, categoryScoring);
    checkShadows(id, shadows);
    languages = List.copyOf(languages);
    checkLanguages(languages);
  }

  /** Returns what names this version, hash included. */
  public PolicyKey key() {
    return new PolicyKey(id, version, CanonicalForm.hash(this));
  }

  /**
   * Returns whether a text goes on by its verdict alone: safe does, unsafe does not, undecided as
   * this policy says; what a person is to decide on does not, until that person lets it.
   *
   * @param verdict what the guard found
   * @return whether the text passes
   */
  public boolean admits(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Safe _ -> true;
      case Verdict.Review _, Verdict.Unsafe _ -> false;
      case Verdict.Undecided given -> undecided == Undecided.ADMIT && !isStoppedByItsScore(given);
    };
  }

  /** Returns what this policy makes of scores. */
  public Ruling ruling() {
    Map<String, CategoryRule> rules = new HashMap<>();
    categories.forEach(
        category -> category.rule().ifPresent(rule -> rules.put(category.code(), rule)));
    return new Ruling(thresholds, rules);
  }

  /** Returns whether a hazard has a rule of its own. */
  public boolean hasCategoryRules() {
    return categories.stream().anyMatch(category -> category.rule().isPresent());
  }

  /** Returns the codes of all hazards, in order. */
  public List<String> codes() {
    return codes(categories);
  }

  /** Failing open is for texts of which nothing is known, not for those known to be unsafe. */
  private boolean isStoppedByItsScore(Verdict.Undecided given) {
    return given.cause() != Cause.LOW_MASS
        && given
            .score()
            .filter(score -> thresholds.actionOn(score.unsafe()) != Action.ALLOW)
            .isPresent();
  }

  private static void checkShadows(String id, List<String> shadows) {
    if (shadows.size() > MOST_SHADOWS
        || shadows.contains(id)
        || shadows.stream().distinct().count() < shadows.size()) {
      throw new InvalidPolicyException(
          "shadows is %s: name up to %d other policies, each once"
              .formatted(shadows, MOST_SHADOWS));
    }
  }

  private static void checkLanguages(List<String> languages) {
    for (String language : languages) {
      if (!LANGUAGE.matcher(language).matches()) {
        throw new InvalidPolicyException(
            "languages holds \"%s\": use tags as in en, de or pt-BR".formatted(language));
      }
    }
    if (languages.stream().distinct().count() < languages.size()) {
      throw new InvalidPolicyException("languages holds one twice: " + languages);
    }
  }

  private static void checkRules(
      List<Category> categories, Thresholds thresholds, CategoryScoring scoring) {
    for (Category category : categories) {
      category.rule().ifPresent(rule -> checkRule(category.code(), rule, thresholds));
      if (category.rule().isPresent() && scoring == CategoryScoring.NEVER) {
        throw new InvalidPolicyException(
            "category-scores is never, but %s has a rule of its own: ask for the scores, or take the rule out"
                .formatted(category.code()));
      }
    }
  }

  private static void checkRule(String code, CategoryRule rule, Thresholds thresholds) {
    double unsafe = rule.unsafe(thresholds);
    if (rule.review().filter(review -> review > unsafe).isPresent()) {
      throw new InvalidPolicyException(
          "category.%s.review-threshold is %s: it must lie in (0, %s], which ends where its unsafe-threshold begins"
              .formatted(code, rule.review().get(), unsafe));
    }
  }

  private static List<String> codes(List<Category> categories) {
    return categories.stream().map(Category::code).toList();
  }
}
