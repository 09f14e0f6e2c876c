package dev.chasqui.guard.scan.code;

import java.util.Arrays;

/** How comments look. */
final class Comments {

  private Comments() {}

  /** To the end of the line. */
  static Lexeme line(String start) {
    return (text, at, kinds) -> text.startsWith(start, at) ? toLineEnd(text, at, kinds) : -1;
  }

  /** To the end of the line, where the sign stands at the start of a word. */
  static Lexeme lineAtWordStart(String start) {
    return (text, at, kinds) -> {
      boolean wordStart = at == 0 || Character.isWhitespace(text.charAt(at - 1));
      return wordStart && text.startsWith(start, at) ? toLineEnd(text, at, kinds) : Lexeme.NONE;
    };
  }

  /** PHP's {@code #}, which {@code #[} is not. */
  static Lexeme hashButNotAttribute() {
    return (text, at, kinds) ->
        text.startsWith("#", at) && !text.startsWith("#[", at)
            ? toLineEnd(text, at, kinds)
            : Lexeme.NONE;
  }

  /** From sign to sign; an unclosed one goes to the end. */
  static Lexeme block(String open, String close) {
    return (text, at, kinds) -> {
      if (!text.startsWith(open, at)) {
        return Lexeme.NONE;
      }
      int found = text.indexOf(close, at + open.length());
      int end = found < 0 ? text.length() : found + close.length();
      Arrays.fill(kinds, at, end, Lexis.COMMENT);
      return end;
    };
  }

  /** As {@link #block}, and comments nest. */
  static Lexeme nestedBlock(String open, String close) {
    return (text, at, kinds) -> {
      if (!text.startsWith(open, at)) {
        return Lexeme.NONE;
      }
      int depth = 1;
      int end = at + open.length();
      while (end < text.length() && depth > 0) {
        if (text.startsWith(open, end)) {
          depth++;
          end += open.length();
        } else if (text.startsWith(close, end)) {
          depth--;
          end += close.length();
        } else {
          end++;
        }
      }
      Arrays.fill(kinds, at, end, Lexis.COMMENT);
      return end;
    };
  }

  private static int toLineEnd(String text, int at, byte[] kinds) {
    int found = text.indexOf('\n', at);
    int end = found < 0 ? text.length() : found;
    Arrays.fill(kinds, at, end, Lexis.COMMENT);
    return end;
  }
}
