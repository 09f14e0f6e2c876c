package dev.chasqui.guard.scan.code;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages that code is scanned in. */
public enum Language {
  /** C. */
  C(List.of("c", "h"), List.of()),
  /** C++, CUDA. */
  CPP(List.of("cpp", "cc", "cxx", "hpp", "hh", "hxx", "cu", "ino"), List.of("c++", "cuda")),
  /** C#. */
  CSHARP(List.of("cs", "csx", "cshtml"), List.of("csharp", "c#", "dotnet")),
  /** Java. */
  JAVA(List.of("java", "jsp"), List.of()),
  /** JavaScript, with JSX. */
  JAVASCRIPT(List.of("js", "jsx", "mjs", "cjs", "vue"), List.of("javascript", "node", "nodejs")),
  /** TypeScript, with TSX. */
  TYPESCRIPT(List.of("ts", "tsx", "mts", "cts"), List.of("typescript")),
  /** PHP, with the markup around it. */
  PHP(List.of("php", "phtml", "php5", "inc"), List.of()),
  /** Python. */
  PYTHON(List.of("py", "pyw", "pyi"), List.of("python", "python3", "py3", "python2")),
  /** Rust. */
  RUST(List.of("rs"), List.of("rust")),
  /** Go. */
  GO(List.of("go"), List.of("golang")),
  /** SQL and its dialects. */
  SQL(
      List.of("sql", "ddl", "pgsql"),
      List.of("mysql", "postgres", "postgresql", "sqlite", "tsql", "plsql", "plpgsql")),
  /** Shells of the Bourne family. */
  SHELL(
      List.of("sh", "bash", "zsh", "ksh"),
      List.of("shell", "shell-session", "console", "dockerfile")),
  /** Swift. */
  SWIFT(List.of("swift"), List.of()),
  /** Objective-C. */
  OBJECTIVE_C(List.of("m", "mm"), List.of("objective-c", "objectivec", "objective_c", "objc")),
  /** XML and HTML. */
  XML(List.of("xml", "html", "htm", "plist", "xhtml", "svg"), List.of()),
  /** Anything else: only rules for every language apply. */
  OTHER(List.of(), List.of("text", "txt", "plain", "plaintext"));

  private final List<String> extensions;
  private final List<String> names;

  Language(List<String> extensions, List<String> names) {
    this.extensions = extensions;
    this.names = names;
  }

  /** Returns the name that rule files and reports use, such as {@code csharp}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a language by the first word of a fence's info string, or by what people call it.
   *
   * @param name such as {@code py}, {@code C++} or {@code javascript}
   * @return the language; empty where the name is not known
   */
  public static Optional<Language> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Language language : values()) {
      if (language.id().equals(lower)
          || language.names.contains(lower)
          || language.extensions.contains(lower)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }

  /**
   * Finds a language by a file's name.
   *
   * @param fileName the name, without its folder
   * @return the language; empty where the extension is not known
   */
  public static Optional<Language> ofFile(String fileName) {
    int dot = fileName.lastIndexOf('.');
    String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
    for (Language language : values()) {
      if (dot >= 0 && language.extensions.contains(extension)) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }
}
