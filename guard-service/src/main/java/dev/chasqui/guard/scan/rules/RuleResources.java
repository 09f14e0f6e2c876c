package dev.chasqui.guard.scan.rules;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rule files of this jar. */
final class RuleResources {

  static final List<String> FILES =
      List.of(
          "secrets.yaml",
          "c.yaml",
          "csharp.yaml",
          "java.yaml",
          "javascript.yaml",
          "php.yaml",
          "python.yaml",
          "rust.yaml",
          "go.yaml",
          "sql.yaml",
          "shell.yaml",
          "mobile.yaml");

  private RuleResources() {}

  static RuleBook read() {
    return RuleBook.of(
        FILES.stream().flatMap(file -> RuleFile.read(file, text(file)).stream()).toList());
  }

  private static String text(String name) {
    try (InputStream stream = RuleResources.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException(name + " is missing from this jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
