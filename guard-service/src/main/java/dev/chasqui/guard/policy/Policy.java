package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.Thresholds;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;

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
 */
public record Policy(
    String id,
    int version,
    List<Category> categories,
    Thresholds thresholds,
    Undecided undecided,
    Release release,
    CodeScan codeScan,
    Reviews reviews) {

  /** Checks name, version and categories. */
  public Policy {
    categories = List.copyOf(categories);
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
      case Verdict.Undecided _ -> undecided == Undecided.ADMIT;
    };
  }

  private static List<String> codes(List<Category> categories) {
    return categories.stream().map(Category::code).toList();
  }
}
