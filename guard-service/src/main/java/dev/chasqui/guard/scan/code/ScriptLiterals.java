package dev.chasqui.guard.scan.code;

import java.util.Arrays;
import java.util.Set;

/** Literals of JavaScript that hold code or look like division. */
final class ScriptLiterals {

  private static final String BEFORE_A_REGEX = "(,=:[!&|?{};+-*%<>~^";
  private static final Set<String> WORDS_BEFORE_A_REGEX =
      Set.of("return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else");

  private ScriptLiterals() {}

  /** {@code `text ${code} text`}: what stands in braces stays code. */
  static Lexeme template() {
    return (text, at, kinds) -> text.charAt(at) == '`' ? readTemplate(text, at + 1, kinds) : -1;
  }

  private static int readTemplate(String text, int from, byte[] kinds) {
    int at = from;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && c == '`') {
        return at + 1;
      }
      if (depth == 0 && text.startsWith("${", at)) {
        depth = 1;
        at += 2;
      } else if (depth > 0) {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        at++;
      } else {
        int width = c == '\\' ? 2 : 1;
        Arrays.fill(kinds, at, Math.min(text.length(), at + width), Lexis.STRING);
        at += width;
      }
    }
    return text.length();
  }

  /** {@code /pattern/}, where a division cannot stand. */
  static Lexeme regex() {
    return (text, at, kinds) -> {
      if (text.charAt(at) != '/' || !mayBegin(text, at)) {
        return Lexeme.NONE;
      }
      int end = at + 1;
      boolean inClass = false;
      while (end < text.length() && text.charAt(end) != '\n') {
        char c = text.charAt(end);
        if (c == '/' && !inClass) {
          Arrays.fill(kinds, at + 1, end, Lexis.STRING);
          return end + 1;
        }
        inClass = c == '[' || (inClass && c != ']');
        end += c == '\\' ? 2 : 1;
      }
      return Lexeme.NONE;
    };
  }

  private static boolean mayBegin(String text, int at) {
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    if (before < 0 || BEFORE_A_REGEX.indexOf(text.charAt(before)) >= 0) {
      return true;
    }
    int word = before;
    while (word >= 0 && Strings.isWord(text.charAt(word))) {
      word--;
    }
    return WORDS_BEFORE_A_REGEX.contains(text.substring(word + 1, before + 1));
  }
}
