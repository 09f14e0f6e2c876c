package dev.chasqui.guard.classifier;

import dev.chasqui.guard.policy.InvalidPolicyException;
import dev.chasqui.guard.policy.Policy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** How a kind of guard model is asked and answers: a file of texts, nothing else. */
public final class GuardFormat {

  /** The format of Llama Guard 3, asked where none is named. */
  public static final String LLAMA_GUARD_3 = "llama-guard-3";

  /** The format of the guard adapter that comes with this service. */
  public static final String DEFAULT_GUARD = "default-guard";

  private static final List<String> BUILT_IN =
      List.of("llama-guard-1", "llama-guard-2", LLAMA_GUARD_3, DEFAULT_GUARD);

  private final String id;
  private final GuardForm form;
  private final VerdictText verdicts;
  private final Optional<String> categoryLeadIn;
  private final String hash;

  private GuardFormat(Properties texts) {
    this.id = texts.getProperty("id");
    this.form = GuardForm.of(texts);
    this.verdicts = new VerdictText(texts.getProperty("safe"), texts.getProperty("unsafe"));
    this.categoryLeadIn = Optional.ofNullable(texts.getProperty("category-lead-in"));
    this.hash = hash(texts);
  }

  /**
   * What the model may answer, or as much of it as tells the two apart.
   *
   * @param safe the verdict for a safe text
   * @param unsafe the verdict for an unsafe one
   */
  record VerdictText(String safe, String unsafe) {}

  /**
   * Returns a built-in format.
   *
   * @param id its name
   * @return the format
   * @throws IllegalArgumentException if there is none of this name
   */
  public static GuardFormat named(String id) {
    if (!BUILT_IN.contains(id)) {
      throw new IllegalArgumentException(
          "guard format \"%s\" is unknown: use one of %s, the one that the guard model was trained on"
              .formatted(id, BUILT_IN));
    }
    return load(id);
  }

  /** Returns the name of the format. */
  public String id() {
    return id;
  }

  /** Returns the SHA-256 of all texts, lower-case hexadecimal. */
  public String hash() {
    return hash;
  }

  /**
   * Refuses a policy that a guard of this kind cannot judge by.
   *
   * @param policy any
   * @throws InvalidPolicyException if it has rules for single categories, and the guard names none
   */
  public void check(Policy policy) {
    if (categoryLeadIn.isEmpty() && policy.hasCategoryRules()) {
      throw new InvalidPolicyException(
          "Policy %s has rules for single categories, but a guard that is asked in format %s names none. Take category.CODE.unsafe-threshold, review-threshold and action out of it, or ask a Llama Guard."
              .formatted(policy.key(), id));
    }
  }

  /** Returns what stands between the lead-in and a category; empty where the guard names none. */
  Optional<String> categoryLeadIn() {
    return categoryLeadIn;
  }

  GuardForm form() {
    return form;
  }

  VerdictText verdicts() {
    return verdicts;
  }

  private static GuardFormat load(String id) {
    String resource = id + ".format";
    try (InputStream stream = GuardFormat.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new FileNotFoundException(resource + " is missing from this jar");
      }
      Properties texts = new Properties();
      texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return new GuardFormat(texts);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String hash(Properties texts) {
    TreeMap<Object, Object> inOrder = new TreeMap<>(texts);
    try {
      byte[] form = inOrder.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(form));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
