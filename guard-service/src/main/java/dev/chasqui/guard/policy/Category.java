package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.CategoryRule;
import java.util.Optional;

/**
 * One hazard that the guard looks for.
 *
 * @param code short code as the guard model knows it, for example {@code S1}
 * @param name name of the hazard
 * @param description what falls under it, for the guard model to read; empty shows the name alone
 * @param rule what becomes of a text that has it; empty: the text's own score decides
 */
public record Category(String code, String name, String description, Optional<CategoryRule> rule) {

  /** Checks that code and name are there, each on one line; a usual rule is none. */
  public Category {
    requireLine("code", code);
    requireLine("name", name);
    rule = rule.filter(given -> !given.isUsual());
  }

  /**
   * Makes a hazard without a rule of its own.
   *
   * @param code short code as the guard model knows it
   * @param name name of the hazard
   * @param description what falls under it
   */
  public Category(String code, String name, String description) {
    this(code, name, description, Optional.empty());
  }

  /**
   * Returns the same hazard with a rule.
   *
   * @param given what becomes of a text that has it
   * @return the changed hazard
   */
  Category with(CategoryRule given) {
    return new Category(code, name, description, Optional.of(given));
  }

  private static void requireLine(String what, String value) {
    if (value.isBlank() || value.indexOf('\n') >= 0) {
      throw new InvalidPolicyException(
          "the %s of a category is \"%s\": it must be one line of text".formatted(what, value));
    }
  }
}
