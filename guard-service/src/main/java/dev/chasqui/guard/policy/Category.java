package dev.chasqui.guard.policy;

/**
 * One hazard that the guard looks for.
 *
 * @param code short code as the guard model knows it, for example {@code S1}
 * @param name name of the hazard
 * @param description what falls under it, for the guard model to read; empty shows the name alone
 */
public record Category(String code, String name, String description) {

  /** Checks that code and name are there, each on one line. */
  public Category {
    requireLine("code", code);
    requireLine("name", name);
  }

  private static void requireLine(String what, String value) {
    if (value.isBlank() || value.indexOf('\n') >= 0) {
      throw new InvalidPolicyException(
          "the %s of a category is \"%s\": it must be one line of text".formatted(what, value));
    }
  }
}
