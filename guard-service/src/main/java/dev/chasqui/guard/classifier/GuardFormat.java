package dev.chasqui.guard.classifier;

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
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a kind of guard model is asked and answers: a file of texts, nothing else.
 *
 * @param id name of the format
 * @param tokens the special tokens and what they are written in
 * @param task the texts of the task
 * @param verdicts what the model may answer
 * @param hash SHA-256 of all texts, lower-case hexadecimal
 */
public record GuardFormat(
    String id, TokenFrame tokens, TaskText task, VerdictText verdicts, String hash) {

  /** The format of Llama Guard 3, asked where none is named. */
  public static final String LLAMA_GUARD_3 = "llama-guard-3";

  private static final List<String> BUILT_IN =
      List.of("llama-guard-1", "llama-guard-2", LLAMA_GUARD_3);

  /**
   * What stands around the task on a checkpoint with these special tokens.
   *
   * @param specialTokens all special tokens in header and footer
   * @param header text before the task
   * @param footer text after the task
   * @param leadIn what the model writes between the footer and its verdict
   */
  record TokenFrame(Set<String> specialTokens, String header, String footer, String leadIn) {}

  /**
   * The texts of the task, with placeholders in braces.
   *
   * @param opening the question, up to the first category; {@code {role}}
   * @param category one hazard; {@code {code}}, {@code {name}}
   * @param description what falls under it; {@code {description}}
   * @param conversation from the last category to the first turn
   * @param beforeTurn before the content of a turn; {@code {role}}
   * @param afterTurn after the content of a turn
   * @param closing from the last turn to the end; {@code {role}}
   * @param user name of the user's side
   * @param agent name of the model's side
   * @param defusing breaks up what in a turn looks like these texts
   */
  record TaskText(
      String opening,
      String category,
      String description,
      String conversation,
      String beforeTurn,
      String afterTurn,
      String closing,
      String user,
      String agent,
      Defusing defusing) {

    String name(Side side) {
      return side == Side.USER ? user : agent;
    }
  }

  /**
   * What the model may answer.
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
    return load(id + ".format");
  }

  private static GuardFormat load(String resource) {
    try (InputStream stream = GuardFormat.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new FileNotFoundException(resource + " is missing from this jar");
      }
      Properties texts = new Properties();
      texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return of(texts);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static GuardFormat of(Properties texts) {
    TokenFrame tokens =
        new TokenFrame(
            Set.copyOf(list(texts.getProperty("special-tokens"))),
            texts.getProperty("header"),
            texts.getProperty("footer"),
            texts.getProperty("lead-in"));
    VerdictText verdicts = new VerdictText(texts.getProperty("safe"), texts.getProperty("unsafe"));
    return new GuardFormat(texts.getProperty("id"), tokens, task(texts), verdicts, hash(texts));
  }

  private static TaskText task(Properties texts) {
    return new TaskText(
        texts.getProperty("opening"),
        texts.getProperty("category"),
        texts.getProperty("description"),
        texts.getProperty("conversation"),
        texts.getProperty("turn.before"),
        texts.getProperty("turn.after"),
        texts.getProperty("closing"),
        texts.getProperty("role.user"),
        texts.getProperty("role.agent"),
        new Defusing(
            list(texts.getProperty("defused")), list(texts.getProperty("defused.line-starts"))));
  }

  private static List<String> list(String commaSeparated) {
    return commaSeparated.isEmpty() ? List.of() : List.of(commaSeparated.split(","));
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
