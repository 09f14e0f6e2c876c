package dev.chasqui.guard.scan.code;

import static dev.chasqui.guard.scan.code.Comments.block;
import static dev.chasqui.guard.scan.code.Comments.line;
import static dev.chasqui.guard.scan.code.Strings.doubled;
import static dev.chasqui.guard.scan.code.Strings.multiLine;
import static dev.chasqui.guard.scan.code.Strings.oneLine;
import static dev.chasqui.guard.scan.code.Strings.raw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The comments and strings of a family of languages.
 *
 * <p>It reads fragments: a text may begin inside a comment or a string and end anywhere, and no
 * slip may hide more than it must. So a string that one line must hold ends with it, and a text
 * whose first comment sign closes a comment began inside one.
 */
record Lexis(List<Lexeme> lexemes, String openComment, String closeComment) {

  static final byte CODE = 0;
  static final byte COMMENT = 1;
  static final byte STRING = 2;

  private static final Lexis C = slashes(Strings.cppRaw(), oneLine('"'), oneLine('\''));
  private static final Lexis CSHARP =
      slashes(
          raw("\"\"\"", "\"\"\""),
          doubled("@\"", '"'),
          doubled("$@\"", '"'),
          doubled("@$\"", '"'),
          oneLine('"'),
          Strings.character());
  private static final Lexis JAVA = slashes(multiLine("\"\"\""), oneLine('"'), Strings.character());
  private static final Lexis SCRIPT =
      slashes(ScriptLiterals.template(), oneLine('"'), oneLine('\''), ScriptLiterals.regex());
  private static final Lexis PHP =
      slashes(
          block("<!--", "-->"),
          Comments.hashButNotAttribute(),
          Strings.hereDocument(),
          multiLine("\""),
          multiLine("'"));
  private static final Lexis RUST =
      new Lexis(
          List.of(
              line("//"),
              Comments.nestedBlock("/*", "*/"),
              Strings.rustRaw(),
              multiLine("\""),
              Strings.character()),
          "/*",
          "*/");
  private static final Lexis GO = slashes(raw("`", "`"), oneLine('"'), Strings.character());
  private static final Lexis SWIFT = slashes(multiLine("\"\"\""), oneLine('"'));
  private static final Lexis PYTHON =
      new Lexis(
          List.of(line("#"), multiLine("\"\"\""), multiLine("'''"), oneLine('"'), oneLine('\'')),
          "",
          "");
  private static final Lexis SQL =
      new Lexis(
          List.of(line("--"), block("/*", "*/"), doubled("'", '\''), doubled("\"", '"')),
          "/*",
          "*/");
  private static final Lexis SHELL =
      new Lexis(List.of(Comments.lineAtWordStart("#"), raw("'", "'"), multiLine("\"")), "", "");
  private static final Lexis MARKUP = new Lexis(List.of(block("<!--", "-->")), "<!--", "-->");

  static Lexis of(Language language) {
    return switch (language) {
      case C, CPP, OBJECTIVE_C -> C;
      case CSHARP -> CSHARP;
      case JAVA -> JAVA;
      case JAVASCRIPT, TYPESCRIPT -> SCRIPT;
      case PHP -> PHP;
      case PYTHON -> PYTHON;
      case RUST -> RUST;
      case GO -> GO;
      case SQL -> SQL;
      case SHELL -> SHELL;
      case SWIFT -> SWIFT;
      case XML, OTHER -> MARKUP;
    };
  }

  /** Returns what each character is: code, comment or inside a string. */
  byte[] kinds(String text) {
    byte[] kinds = new byte[text.length()];
    read(text, startOfCode(text, kinds), kinds);
    if (this == PYTHON) {
      PythonText.settle(text, kinds, this);
    }
    return kinds;
  }

  /** Reads on from a position where code begins. */
  void read(String text, int from, byte[] kinds) {
    int at = from;
    while (at < text.length()) {
      at = next(text, at, kinds);
    }
  }

  private int next(String text, int at, byte[] kinds) {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      return at + 1;
    }
    for (Lexeme lexeme : lexemes) {
      int end = lexeme.read(text, at, kinds);
      if (end > at) {
        return end;
      }
    }
    return at + 1;
  }

  private int startOfCode(String text, byte[] kinds) {
    int close = closeComment.isEmpty() ? -1 : text.indexOf(closeComment);
    int open = close < 0 ? -1 : text.indexOf(openComment);
    if (close < 0 || (open >= 0 && open < close) || isQuoted(text, close)) {
      return 0;
    }
    int end = close + closeComment.length();
    Arrays.fill(kinds, 0, end, COMMENT);
    return end;
  }

  /** A path such as {@code "**" + "/*.js"} holds the sign too. */
  private static boolean isQuoted(String text, int at) {
    String line = text.substring(text.lastIndexOf('\n', at) + 1, at);
    return line.contains("\"") || line.contains("'") || line.contains("`");
  }

  private static Lexis slashes(Lexeme... strings) {
    List<Lexeme> lexemes = new ArrayList<>(List.of(line("//"), block("/*", "*/")));
    lexemes.addAll(List.of(strings));
    return new Lexis(List.copyOf(lexemes), "/*", "*/");
  }
}
