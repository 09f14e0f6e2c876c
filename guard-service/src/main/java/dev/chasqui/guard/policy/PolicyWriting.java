package dev.chasqui.guard.policy;

import static dev.chasqui.guard.policy.PolicyText.spelt;

import dev.chasqui.guard.verdict.CategoryRule;
import java.util.function.Function;

/** Spells a policy out as a file; what is usual is spelt too. */
final class PolicyWriting {

  private final StringBuilder text = new StringBuilder();

  private PolicyWriting() {}

  static String text(Policy policy) {
    PolicyWriting writing = new PolicyWriting();
    writing.put("id", policy.id());
    writing.put("version", policy.version());
    writing.put("unsafe-threshold", policy.thresholds().unsafe());
    policy.thresholds().review().ifPresent(score -> writing.put("review-threshold", score));
    writing.put("minimum-verdict-mass", policy.thresholds().minimumMass());
    writing.put("undecided", spelt(policy.undecided()));
    writing.put("release-mode", spelt(policy.release().mode()));
    writing.put("window-tokens", policy.release().windowTokens());
    writing.put("code-scan", spelt(policy.codeScan().action()));
    writing.put("code-scan-severity", spelt(policy.codeScan().threshold()));
    writing.put("review-timeout", policy.reviews().timeout());
    writing.put("review-unanswered", spelt(policy.reviews().unanswered()));
    writing.put("category-scores", spelt(policy.categoryScoring()));
    if (!policy.shadows().isEmpty()) {
      writing.put("shadows", String.join(",", policy.shadows()));
    }
    if (!policy.languages().isEmpty()) {
      writing.put("languages", String.join(",", policy.languages()));
    }
    writing.put("categories", String.join(",", policy.codes()));
    policy.categories().forEach(writing::put);
    return writing.text.toString();
  }

  private void put(Category category) {
    Function<String, String> key = part -> "category." + category.code() + "." + part;
    put(key.apply("name"), category.name());
    if (!category.description().isEmpty()) {
      put(key.apply("description"), category.description());
    }
    category.rule().ifPresent(rule -> put(key, rule));
  }

  private void put(Function<String, String> key, CategoryRule rule) {
    rule.unsafe().ifPresent(score -> put(key.apply("unsafe-threshold"), score));
    rule.review().ifPresent(score -> put(key.apply("review-threshold"), score));
    put(key.apply("action"), spelt(rule.action()));
  }

  private void put(String key, Object value) {
    text.append(escaped(key).replaceAll("([ :=])", "\\\\$1"));
    text.append('=').append(escaped(value.toString())).append('\n');
  }

  /** As {@link java.util.Properties} reads it; a blank at the beginning would be dropped. */
  private static String escaped(String value) {
    String one =
        value
            .replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
            .replace("\f", "\\f");
    return one.startsWith(" ") ? "\\" + one : one;
  }
}
