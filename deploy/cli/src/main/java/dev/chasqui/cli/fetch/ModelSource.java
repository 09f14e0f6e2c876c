package dev.chasqui.cli.fetch;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model comes from, as written after {@code --model}. */
public sealed interface ModelSource {

  /** The model that is used when none is named. */
  record Default() implements ModelSource {}

  /**
   * A checkpoint on this machine.
   *
   * @param path file or directory
   */
  record Local(Path path) implements ModelSource {}

  /**
   * A file in a repository of the Hugging Face hub.
   *
   * @param repository owner and name, with a slash between
   * @param file path in the repository
   */
  record Hub(String repository, String file) implements ModelSource {}

  /** The word that stands for the default model. */
  String DEFAULT = "default";

  /** What a hub address starts with. */
  String HUB_PREFIX = "hf:";

  /**
   * Reads a source.
   *
   * @param text {@code default}, {@code hf:OWNER/REPO/FILE}, or a path
   * @return the source
   * @throws FetchException if a hub address is not of that form
   */
  static ModelSource parse(String text) {
    if (text.equals(DEFAULT)) {
      return new Default();
    }
    return text.startsWith(HUB_PREFIX) ? parseHub(text) : new Local(Path.of(text));
  }

  private static ModelSource parseHub(String text) {
    Matcher matcher =
        Pattern.compile("([\\w.-]+/[\\w.-]+)/([\\w./+ -]+)")
            .matcher(text.substring(HUB_PREFIX.length()));
    if (!matcher.matches() || text.contains("..")) {
      throw new FetchException(
          "model is %s: a hub address has the form hf:OWNER/REPO/FILE, for example %s."
              .formatted(text, DefaultModel.hubAddress()));
    }
    return new Hub(matcher.group(1), matcher.group(2));
  }
}
