package dev.chasqui.guard.classifier;

import java.util.List;
import java.util.Properties;
import java.util.Set;

/** What stands in a guard prompt around the texts that are judged. */
sealed interface GuardForm {

  /** Reads the form that the texts of a format describe. */
  static GuardForm of(Properties texts) {
    Set<String> specialTokens = Set.copyOf(list(texts, "special-tokens"));
    return texts.containsKey("opening")
        ? Task.of(specialTokens, texts)
        : Turns.of(specialTokens, texts);
  }

  private static List<String> list(Properties texts, String key) {
    String commaSeparated = texts.getProperty(key);
    return commaSeparated.isEmpty() ? List.of() : List.of(commaSeparated.split(","));
  }

  private static Defusing defusing(Properties texts) {
    return new Defusing(list(texts, "defused"), list(texts, "defused.line-starts"));
  }

  /**
   * A task in words: a question, the categories of the policy, a transcript.
   *
   * @param specialTokens all special tokens in header and footer
   * @param header text before the task
   * @param footer text after the task
   * @param leadIn what the model writes between the footer and its verdict
   * @param text the texts of the task
   */
  record Task(Set<String> specialTokens, String header, String footer, String leadIn, TaskText text)
      implements GuardForm {

    private static Task of(Set<String> specialTokens, Properties texts) {
      return new Task(
          specialTokens,
          texts.getProperty("header"),
          texts.getProperty("footer"),
          texts.getProperty("lead-in"),
          TaskText.of(texts));
    }
  }

  /**
   * The texts of a task, with placeholders in braces.
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

    private static TaskText of(Properties texts) {
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
          GuardForm.defusing(texts));
    }

    String name(Side side) {
      return side == Side.USER ? user : agent;
    }
  }

  /**
   * The conversation itself and a header for the verdict, without a word of instruction: for models
   * that were trained to judge what stands there. Policies set their threshold, not their
   * categories.
   *
   * @param specialTokens all special tokens in the texts below
   * @param beforeUser before the content of a user's turn
   * @param beforeAgent before the content of the model's turn
   * @param afterTurn after the content of a turn
   * @param closing from the last turn to the verdict
   * @param defusing breaks up what in a turn looks like a special token
   */
  record Turns(
      Set<String> specialTokens,
      String beforeUser,
      String beforeAgent,
      String afterTurn,
      String closing,
      Defusing defusing)
      implements GuardForm {

    private static Turns of(Set<String> specialTokens, Properties texts) {
      return new Turns(
          specialTokens,
          texts.getProperty("turn.before.user"),
          texts.getProperty("turn.before.agent"),
          texts.getProperty("turn.after"),
          texts.getProperty("closing"),
          GuardForm.defusing(texts));
    }

    String before(Side side) {
      return side == Side.USER ? beforeUser : beforeAgent;
    }
  }
}
