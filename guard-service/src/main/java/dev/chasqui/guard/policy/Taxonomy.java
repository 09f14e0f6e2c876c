package dev.chasqui.guard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A named list of hazards that guard models were trained on.
 *
 * <p>It is a text file: a line {@code == CODE: Name} opens a category, the lines up to the next one
 * are its description, verbatim.
 */
final class Taxonomy {

  private static final String OPENING = "== ";

  private final String name;
  private final List<Category> categories;

  private Taxonomy(String name, List<Category> categories) {
    this.name = name;
    this.categories = List.copyOf(categories);
  }

  static Taxonomy parse(String name, String text) {
    List<Category> categories = new ArrayList<>();
    for (String section : text.split("(?m)^" + OPENING)) {
      if (!section.isBlank()) {
        categories.add(category(name, section));
      }
    }
    return new Taxonomy(name, categories);
  }

  private static Category category(String taxonomy, String section) {
    String[] parts = section.split("\n", 2);
    int colon = parts[0].indexOf(": ");
    if (colon < 0) {
      throw new InvalidPolicyException(
          "Taxonomy %s: \"%s\" must read \"CODE: Name\"".formatted(taxonomy, parts[0]));
    }
    return new Category(
        parts[0].substring(0, colon), parts[0].substring(colon + 2), parts[1].stripTrailing());
  }

  String name() {
    return name;
  }

  List<Category> categories() {
    return categories;
  }

  Optional<Category> find(String code) {
    return categories.stream().filter(category -> category.code().equals(code)).findFirst();
  }
}
