package dev.chasqui.cli.scan;

import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.scan.Finding;
import dev.chasqui.guard.scan.code.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Decides how a file is read: as code of a language, or as Markdown with code in it. */
final class SourceFiles {

  private static final Pattern FENCE = Pattern.compile("(?m)^[ >]{0,12}(?:```|~~~)");
  private static final Pattern MARKDOWN = Pattern.compile("(?i).*\\.(?:md|markdown|mdx)");

  private SourceFiles() {}

  /** How files are read. */
  @FunctionalInterface
  interface Reading {

    /** Scans a file's text. */
    List<Finding> scan(CodeScanner scanner, String file, String text);
  }

  static Reading markdown() {
    return (scanner, _, text) -> scanner.scanMarkdown(text);
  }

  static Reading as(Language language) {
    return (scanner, _, text) -> scanner.scan(text, language);
  }

  /** By the ending of the name; where that says nothing, by fences in the text. */
  static Reading byName() {
    return (scanner, file, text) -> {
      if (MARKDOWN.matcher(file).matches()) {
        return scanner.scanMarkdown(text);
      }
      Optional<Language> language = Language.ofFile(file);
      if (language.isPresent()) {
        return scanner.scan(text, language.get());
      }
      return FENCE.matcher(text).find() ? scanner.scanMarkdown(text) : scanner.scan(text);
    };
  }

  static String languages() {
    return Arrays.stream(Language.values())
        .map(language -> language.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
