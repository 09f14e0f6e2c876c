package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.Action;
import dev.chasqui.guard.verdict.CategoryRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the hazards of a policy file: a taxonomy, what is edited in it, and rules for some. */
final class CategoryList {

  private static final Pattern KEY =
      Pattern.compile(
          "category\\.([^.]+)\\.(name|description|unsafe-threshold|review-threshold|action)");

  private final PolicyText text;
  private final Taxonomy taxonomy;

  private CategoryList(PolicyText text, Taxonomy taxonomy) {
    this.text = text;
    this.taxonomy = taxonomy;
  }

  static boolean hasKey(String key) {
    return KEY.matcher(key).matches();
  }

  /** Returns the hazards; what is wrong is noted as a problem of the text. */
  static List<Category> read(PolicyText text, List<Taxonomy> taxonomies) {
    String name = text.value("taxonomy", "llama-guard-3", Function.identity());
    Optional<Taxonomy> taxonomy =
        taxonomies.stream().filter(known -> known.name().equals(name)).findFirst();
    if (taxonomy.isEmpty()) {
      text.problem(
          "taxonomy is \"%s\": known are %s"
              .formatted(name, taxonomies.stream().map(Taxonomy::name).toList()));
      return List.of();
    }
    return new CategoryList(text, taxonomy.get()).categories();
  }

  private List<Category> categories() {
    List<Category> categories = new ArrayList<>();
    for (String code : codes()) {
      category(code).map(this::ruled).ifPresent(categories::add);
    }
    checkKeys(categories);
    return categories;
  }

  private List<String> codes() {
    String all = String.join(",", taxonomy.categories().stream().map(Category::code).toList());
    return List.of(text.value("categories", all, Function.identity()).split("\\s*,\\s*"));
  }

  private Optional<Category> category(String code) {
    Optional<Category> known = taxonomy.find(code);
    String prefix = prefix(code);
    String name = text.raw(prefix + "name", known.map(Category::name).orElse(""));
    if (name.isBlank()) {
      text.problem(
          "categories names \"%s\", which is not in taxonomy %s: add %sname to describe it"
              .formatted(code, taxonomy.name(), prefix));
      return Optional.empty();
    }
    String described = isDescribed() ? known.map(Category::description).orElse("") : "";
    return Optional.of(new Category(code, name, text.raw(prefix + "description", described)));
  }

  private boolean isDescribed() {
    return text.value("descriptions", "none", PolicyText.constant(Descriptions.class))
        == Descriptions.FULL;
  }

  private Category ruled(Category category) {
    String prefix = prefix(category.code());
    Optional<Double> unsafe = text.optional(prefix + "unsafe-threshold", Double::parseDouble);
    Optional<Double> review = text.optional(prefix + "review-threshold", Double::parseDouble);
    Action action = text.value(prefix + "action", "block", PolicyText.constant(Action.class));
    try {
      return category.with(new CategoryRule(unsafe, review, action));
    } catch (IllegalArgumentException invalid) {
      text.problem(prefix + invalid.getMessage());
      return category;
    }
  }

  /** A rule for a hazard that is not looked for would be taken for one that works. */
  private void checkKeys(List<Category> categories) {
    List<String> codes = categories.stream().map(Category::code).toList();
    for (String key : text.keys()) {
      Matcher matcher = KEY.matcher(key);
      if (matcher.matches() && !codes.contains(matcher.group(1))) {
        text.problem(
            "%s is set, but \"%s\" is not among the categories %s"
                .formatted(key, matcher.group(1), codes));
      }
    }
  }

  private static String prefix(String code) {
    return "category." + code + ".";
  }

  /** Whether the guard model reads what falls under a category of the taxonomy. */
  private enum Descriptions {
    NONE,
    FULL
  }
}
