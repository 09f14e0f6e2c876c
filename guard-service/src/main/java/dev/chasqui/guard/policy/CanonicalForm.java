package dev.chasqui.guard.policy;

import dev.chasqui.guard.verdict.CategoryRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one spelling of a policy that its hash is taken of: each field as name, length and value on a
 * line, so that no two different policies are spelt alike.
 */
final class CanonicalForm {

  private final StringBuilder text = new StringBuilder("chasqui-policy/1\n");

  private CanonicalForm(Policy policy) {
    put("id", policy.id());
    put("version", policy.version());
    policy.categories().forEach(this::put);
    put("unsafe-threshold", policy.thresholds().unsafe());
    put("minimum-verdict-mass", policy.thresholds().minimumMass());
    put("undecided", policy.undecided());
    put("release-mode", policy.release().mode());
    put("window-tokens", policy.release().windowTokens());
    put(policy.codeScan());
    policy.thresholds().review().ifPresent(score -> put("review-threshold", score));
    put(policy.reviews());
    if (policy.categoryScoring() != CategoryScoring.FLAGGED) {
      put("category-scores", policy.categoryScoring());
    }
    policy.shadows().forEach(id -> put("shadow", id));
    policy.languages().forEach(language -> put("language", language));
  }

  static String hash(Policy policy) {
    byte[] form = new CanonicalForm(policy).text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(form));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  /** What holds anyway is not spelt, so that policies keep the hash that they had before it. */
  private void put(CodeScan codeScan) {
    if (!codeScan.equals(CodeScan.USUAL)) {
      put("code-scan", codeScan.action());
      put("code-scan-severity", codeScan.threshold());
    }
  }

  private void put(Reviews reviews) {
    if (!reviews.equals(Reviews.USUAL)) {
      put("review-timeout", reviews.timeout());
      put("review-unanswered", reviews.unanswered());
    }
  }

  private void put(Category category) {
    put("category", category.code());
    put("name", category.name());
    put("description", category.description());
    category.rule().ifPresent(this::put);
  }

  private void put(CategoryRule rule) {
    rule.unsafe().ifPresent(score -> put("category-unsafe-threshold", score));
    rule.review().ifPresent(score -> put("category-review-threshold", score));
    put("category-action", rule.action());
  }

  private void put(String name, Object value) {
    String spelt = value.toString();
    text.append(name).append(' ').append(spelt.length()).append(' ').append(spelt).append('\n');
  }
}
