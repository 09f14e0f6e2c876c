package dev.chasqui.guard.policy;

import static dev.chasqui.guard.policy.PolicyText.constant;
import static dev.chasqui.guard.policy.PolicyText.spelt;

import dev.chasqui.guard.verdict.Severity;
import dev.chasqui.guard.verdict.Thresholds;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
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
 * approve), {@code category-scores} (flagged, always or never), {@code shadows} (ids of policies
 * that judge the same texts without effect), {@code languages} (those that policy and guard model
 * were made for, for example {@code en,pt-BR}: a note), and of single categories {@code
 * category.CODE.unsafe-threshold}, {@code category.CODE.review-threshold} and {@code
 * category.CODE.action} (block, review or allow).
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
          "review-unanswered",
          "category-scores",
          "shadows",
          "languages");

  private final String file;
  private final PolicyText text;

  private PolicyFile(String file, PolicyText text) {
    this.file = file;
    this.text = text;
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
    return new PolicyFile(file, new PolicyText(text)).policy(taxonomies);
  }

  private Policy policy(List<Taxonomy> taxonomies) {
    checkKeys();
    String id = text.value("id", "", Function.identity());
    int version = text.value("version", "1", Integer::parseInt);
    Undecided undecided = text.value("undecided", "block", constant(Undecided.class));
    CodeScan codeScan = codeScan();
    CategoryScoring scoring =
        text.value("category-scores", "flagged", constant(CategoryScoring.class));
    Optional<Thresholds> thresholds = thresholds();
    Optional<Release> release = release();
    Optional<Reviews> reviews = reviews();
    List<String> shadows = text.optional("shadows", PolicyFile::list).orElse(List.of());
    List<String> languages = text.optional("languages", PolicyFile::list).orElse(List.of());
    List<Category> categories = CategoryList.read(text, taxonomies);
    failOnProblems();
    Optional<Policy> policy =
        text.valid(() ->
            new Policy(
                id,
                version,
                categories,
                thresholds.orElseThrow(),
                undecided,
                release.orElseThrow(),
                codeScan,
                reviews.orElseThrow(),
                scoring,
                shadows,
                languages));
    failOnProblems();
    return policy.orElseThrow();
  }

  private Optional<Thresholds> thresholds() {
    double unsafe = text.value("unsafe-threshold", "0.5", Double::parseDouble);
    Optional<Double> review = text.optional("review-threshold", Double::parseDouble);
    double mass = text.value("minimum-verdict-mass", "0.5", Double::parseDouble);
    return text.valid(() -> new Thresholds(unsafe, review, mass));
  }

  private Optional<Release> release() {
    ReleaseMode mode = text.value("release-mode", "window", constant(ReleaseMode.class));
    int window = text.value("window-tokens", "32", Integer::parseInt);
    return text.valid(() -> new Release(mode, window));
  }

  private CodeScan codeScan() {
    String action = spelt(CodeScan.USUAL.action());
    String severity = spelt(CodeScan.USUAL.threshold());
    return new CodeScan(
        text.value("code-scan", action, constant(CodeScan.Action.class)),
        text.value("code-scan-severity", severity, constant(Severity.class)));
  }

  private Optional<Reviews> reviews() {
    String usual = Reviews.USUAL.timeout().toString();
    Duration timeout = text.value("review-timeout", usual, PolicyFile::duration);
    String unanswered = spelt(Reviews.USUAL.unanswered());
    Reviews.Unanswered answer =
        text.value("review-unanswered", unanswered, constant(Reviews.Unanswered.class));
    return text.valid(() -> new Reviews(timeout, answer));
  }

  private static List<String> list(String text) {
    return List.of(text.split("\\s*,\\s*"));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException unreadable) {
      throw new IllegalArgumentException("write it as in PT24H or PT30M", unreadable);
    }
  }

  private void failOnProblems() {
    if (!text.problems().isEmpty()) {
      throw new InvalidPolicyException(file, text.problems());
    }
  }

  private void checkKeys() {
    for (String key : text.keys()) {
      if (!KEYS.contains(key) && !CategoryList.hasKey(key)) {
        text.problem(
            "%s is not a key of a policy: use %s or category.CODE.name"
                .formatted(key, KEYS.stream().sorted().toList()));
      }
    }
  }
}
