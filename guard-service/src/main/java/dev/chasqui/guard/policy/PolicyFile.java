package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.Severity;
import dev.chasqui.guard.verdict.Thresholds;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads one policy from a properties file in UTF-8.
 *
 * <p>Keys: {@code id}, {@code version}, {@code taxonomy}, {@code categories} (codes; all of the
 * taxonomy when absent), {@code descriptions} (none or full), {@code category.CODE.name} and {@code
 * category.CODE.description} (an edit, or a category of one's own), {@code unsafe-threshold},
 * {@code review-threshold} (none when absent: no text waits for a person), {@code
 * minimum-verdict-mass}, {@code undecided} (block or admit), {@code release-mode}, {@code
 * window-tokens}, {@code code-scan} (off, warn or block), {@code code-scan-severity} (low, medium,
 * high or critical), {@code review-timeout} (ISO 8601), {@code review-unanswered} (reject or
 * approve).
 */
final class PolicyFile {

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "version",
          "taxonomy",
          "categories",
          "descriptions",
          "unsafe-threshold",
          "minimum-verdict-mass",
          "undecided",
          "release-mode",
          "window-tokens",
          "code-scan",
          "code-scan-severity",
          "review-threshold",
          "review-timeout",
          "review-unanswered");

  private final String file;
  private final Properties properties = new Properties();
  private final List<String> problems = new ArrayList<>();

  private PolicyFile(String file, String text) {
    this.file = file;
    try {
      properties.load(new StringReader(text));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string cannot fail to be read", impossible);
    }
  }

  /**
   * Reads a policy.
   *
   * @param file where the text comes from, for messages
   * @param text the properties
   * @param taxonomies the taxonomies that it may name
   * @throws InvalidPolicyException with everything that is wrong
   */
  static Policy parse(String file, String text, List<Taxonomy> taxonomies) {
    return new PolicyFile(file, text).policy(taxonomies);
  }

  private Policy policy(List<Taxonomy> taxonomies) {
    checkKeys();
    String id = value("id", "", Function.identity());
    int version = value("version", "1", Integer::parseInt);
    double unsafe = value("unsafe-threshold", "0.5", Double::parseDouble);
    double mass = value("minimum-verdict-mass", "0.5", Double::parseDouble);
    Undecided undecided = value("undecided", "block", constant(Undecided.class));
    ReleaseMode mode = value("release-mode", "window", constant(ReleaseMode.class));
    int window = value("window-tokens", "32", Integer::parseInt);
    Optional<Double> review = review();
    CodeScan codeScan = codeScan();
    Optional<Reviews> reviews = reviews();
    List<Category> categories = categories(taxonomies);
    failOnProblems();
    try {
      Thresholds thresholds = new Thresholds(unsafe, review, mass);
      Release release = new Release(mode, window);
      return new Policy(
          id, version, categories, thresholds, undecided, release, codeScan, reviews.orElseThrow());
    } catch (InvalidPolicyException | IllegalArgumentException invalid) {
      throw new InvalidPolicyException(file, List.of(String.valueOf(invalid.getMessage())));
    }
  }

  private CodeScan codeScan() {
    String action = CodeScan.USUAL.action().name().toLowerCase(Locale.ROOT);
    String severity = CodeScan.USUAL.threshold().name().toLowerCase(Locale.ROOT);
    return new CodeScan(
        value("code-scan", action, constant(CodeScan.Action.class)),
        value("code-scan-severity", severity, constant(Severity.class)));
  }

  private Optional<Double> review() {
    String key = "review-threshold";
    return properties.containsKey(key)
        ? Optional.of(value(key, "0.5", Double::parseDouble))
        : Optional.empty();
  }

  private Optional<Reviews> reviews() {
    Duration timeout =
        value("review-timeout", Reviews.USUAL.timeout().toString(), PolicyFile::duration);
    String unanswered = Reviews.USUAL.unanswered().name().toLowerCase(Locale.ROOT);
    Reviews.Unanswered answer =
        value("review-unanswered", unanswered, constant(Reviews.Unanswered.class));
    try {
      return Optional.of(new Reviews(timeout, answer));
    } catch (InvalidPolicyException invalid) {
      problems.add(String.valueOf(invalid.getMessage()));
      return Optional.empty();
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException("write it as in PT24H or PT30M", unreadable);
    }
  }

  private void failOnProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(file, problems);
    }
  }

  private void checkKeys() {
    for (String key : properties.stringPropertyNames()) {
      if (!KEYS.contains(key) && !key.matches("category\\.[^.]+\\.(name|description)")) {
        problems.add(
            "%s is not a key of a policy: use %s or category.CODE.name"
                .formatted(key, KEYS.stream().sorted().toList()));
      }
    }
  }

  private List<Category> categories(List<Taxonomy> taxonomies) {
    String name = value("taxonomy", "llama-guard-3", Function.identity());
    Optional<Taxonomy> taxonomy =
        taxonomies.stream().filter(known -> known.name().equals(name)).findFirst();
    if (taxonomy.isEmpty()) {
      problems.add(
          "taxonomy is \"%s\": known are %s"
              .formatted(name, taxonomies.stream().map(Taxonomy::name).toList()));
      return List.of();
    }
    List<Category> categories = new ArrayList<>();
    for (String code : codes(taxonomy.get())) {
      category(code, taxonomy.get()).ifPresent(categories::add);
    }
    return categories;
  }

  private List<String> codes(Taxonomy taxonomy) {
    String all = String.join(",", taxonomy.categories().stream().map(Category::code).toList());
    return List.of(value("categories", all, Function.identity()).strip().split("\\s*,\\s*"));
  }

  private Optional<Category> category(String code, Taxonomy taxonomy) {
    Optional<Category> known = taxonomy.find(code);
    String prefix = "category." + code + ".";
    String name = properties.getProperty(prefix + "name", known.map(Category::name).orElse(""));
    if (name.isBlank()) {
      problems.add(
          "categories names \"%s\", which is not in taxonomy %s: add %sname to describe it"
              .formatted(code, taxonomy.name(), prefix));
      return Optional.empty();
    }
    String described = isDescribed() ? known.map(Category::description).orElse("") : "";
    return Optional.of(
        new Category(code, name, properties.getProperty(prefix + "description", described)));
  }

  private boolean isDescribed() {
    return value("descriptions", "none", constant(Descriptions.class)) == Descriptions.FULL;
  }

  private <T> T value(String key, String absent, Function<String, T> parse) {
    String text = properties.getProperty(key, absent).strip();
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException unreadable) {
      problems.add("%s is \"%s\": %s".formatted(key, text, unreadable.getMessage()));
      return parse.apply(absent);
    }
  }

  private static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
    return text -> {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
          return constant;
        }
      }
      throw new IllegalArgumentException(
          "use one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    };
  }

  /** Whether the guard model reads what falls under a category of the taxonomy. */
  private enum Descriptions {
    NONE,
    FULL
  }
}
