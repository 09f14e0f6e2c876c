package dev.chasqui.guard.scan.code;

import java.util.Arrays;

/** How strings look. Quotes stay code, so that a view still shows where a string stands. */
final class Strings {

  /** No escaped character is longer than Rust's with six hexadecimal digits in braces. */
  private static final int LONGEST_CHARACTER = 12;

  private Strings() {}

  /** Between quotes on one line, with backslash escapes; ends with the line where unclosed. */
  static Lexeme oneLine(char quote) {
    return (text, at, kinds) ->
        text.charAt(at) == quote ? escaped(text, at + 1, String.valueOf(quote), kinds, true) : -1;
  }

  /** Between quotes over any number of lines, with backslash escapes. */
  static Lexeme multiLine(String quote) {
    return (text, at, kinds) ->
        text.startsWith(quote, at) ? escaped(text, at + quote.length(), quote, kinds, false) : -1;
  }

  /** Between signs, without escapes. */
  static Lexeme raw(String open, String close) {
    return (text, at, kinds) ->
        text.startsWith(open, at) ? verbatim(text, at + open.length(), close, kinds) : Lexeme.NONE;
  }

  /** Between quotes, a doubled one stands for itself. */
  static Lexeme doubled(String open, char quote) {
    return (text, at, kinds) -> {
      if (!text.startsWith(open, at)) {
        return Lexeme.NONE;
      }
      int end = at + open.length();
      while (end < text.length()) {
        if (text.charAt(end) != quote) {
          end++;
        } else if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
          end += 2;
        } else {
          break;
        }
      }
      return mark(at + open.length(), end, 1, kinds);
    };
  }

  /** Rust's {@code r#"…"#} with any number of signs. */
  static Lexeme rustRaw() {
    return (text, at, kinds) -> {
      if (text.charAt(at) != 'r' || (at > 0 && isWord(text.charAt(at - 1)))) {
        return Lexeme.NONE;
      }
      int quote = at + 1;
      while (quote < text.length() && text.charAt(quote) == '#') {
        quote++;
      }
      if (quote >= text.length() || text.charAt(quote) != '"') {
        return Lexeme.NONE;
      }
      return verbatim(text, quote + 1, '"' + "#".repeat(quote - at - 1), kinds);
    };
  }

  /** C++'s {@code R"x(…)x"}. */
  static Lexeme cppRaw() {
    return (text, at, kinds) -> {
      int open = text.startsWith("R\"", at) ? text.indexOf('(', at) : -1;
      if (open < 0 || open - at > 18) {
        return Lexeme.NONE;
      }
      return verbatim(text, open + 1, ')' + text.substring(at + 2, open) + '"', kinds);
    };
  }

  /** A character literal where a quote may also mark something else, such as a lifetime. */
  static Lexeme character() {
    return (text, at, kinds) -> {
      if (text.charAt(at) != '\'' || at + 2 >= text.length()) {
        return Lexeme.NONE;
      }
      boolean escape = text.charAt(at + 1) == '\\';
      int close = text.indexOf('\'', at + (escape ? 3 : 2));
      int longest = escape ? LONGEST_CHARACTER : 3;
      return close < 0 || close - at > longest ? Lexeme.NONE : mark(at + 1, close, 1, kinds);
    };
  }

  /** PHP's {@code <<<X … X}. */
  static Lexeme hereDocument() {
    return (text, at, kinds) -> {
      if (!text.startsWith("<<<", at)) {
        return Lexeme.NONE;
      }
      int lineEnd = text.indexOf('\n', at);
      String label = lineEnd < 0 ? "" : text.substring(at + 3, lineEnd).strip();
      label = label.replace("'", "").replace("\"", "");
      if (label.isEmpty() || !label.chars().allMatch(c -> isWord((char) c))) {
        return Lexeme.NONE;
      }
      int end = lineEnd + 1;
      while (end < text.length()
          && !text.substring(end, lineEnd(text, end)).strip().startsWith(label)) {
        end = Math.min(text.length(), lineEnd(text, end) + 1);
      }
      Arrays.fill(kinds, lineEnd, end, Lexis.STRING);
      return Math.min(text.length(), text.startsWith(label, end) ? end + label.length() : end);
    };
  }

  static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static int lineEnd(String text, int at) {
    int found = text.indexOf('\n', at);
    return found < 0 ? text.length() : found;
  }

  private static int verbatim(String text, int from, String close, byte[] kinds) {
    int found = text.indexOf(close, from);
    return mark(from, found < 0 ? text.length() : found, found < 0 ? 0 : close.length(), kinds);
  }

  private static int escaped(
      String text, int from, String close, byte[] kinds, boolean endsWithLine) {
    int end = from;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (c == '\\') {
        end += 2;
      } else if (text.startsWith(close, end)) {
        return mark(from, end, close.length(), kinds);
      } else if (endsWithLine && c == '\n') {
        return mark(from, end, 0, kinds);
      } else {
        end++;
      }
    }
    return mark(from, Math.min(end, text.length()), 0, kinds);
  }

  private static int mark(int from, int end, int closing, byte[] kinds) {
    Arrays.fill(kinds, from, Math.min(end, kinds.length), Lexis.STRING);
    return Math.min(kinds.length, end + closing);
  }
}
