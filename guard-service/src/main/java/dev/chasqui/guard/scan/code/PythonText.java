package dev.chasqui.guard.scan.code;

import java.util.Arrays;

/** What is special about Python: a string that stands alone is a comment. */
final class PythonText {

  private PythonText() {}

  /**
   * Marks documentation strings as comments. Where a triple quote is left open to the end, the text
   * is taken to have begun inside a documentation string and is read again.
   */
  static void settle(String text, byte[] kinds, Lexis lexis) {
    for (String quote : new String[] {"\"\"\"", "'''"}) {
      int first = text.indexOf(quote);
      if (first >= 0 && isOdd(text, quote) && looksLikeProse(text.substring(0, first))) {
        Arrays.fill(kinds, Lexis.CODE);
        Arrays.fill(kinds, 0, first + 3, Lexis.COMMENT);
        lexis.read(text, first + 3, kinds);
        break;
      }
    }
    markDocumentation(text, kinds);
  }

  private static boolean isOdd(String text, String quote) {
    int count = 0;
    for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 3)) {
      count++;
    }
    return count % 2 == 1;
  }

  /** Code has signs that prose has not. */
  private static boolean looksLikeProse(String text) {
    return !text.contains(" = ") && !text.contains("):\n") && !text.contains("import ");
  }

  private static void markDocumentation(String text, byte[] kinds) {
    int at = 0;
    while (at < kinds.length) {
      if (kinds[at] != Lexis.STRING) {
        at++;
        continue;
      }
      int end = at;
      while (end < kinds.length && kinds[end] == Lexis.STRING) {
        end++;
      }
      if (standsAlone(text, at, end)) {
        Arrays.fill(kinds, at, end, Lexis.COMMENT);
      }
      at = end;
    }
  }

  private static boolean standsAlone(String text, int from, int end) {
    int lineStart = text.lastIndexOf('\n', from - 1) + 1;
    int found = text.indexOf('\n', end);
    String before = text.substring(lineStart, from).strip();
    String after = text.substring(end, found < 0 ? text.length() : found).strip();
    boolean opens = before.matches("[rRuUbB]?(\"\"\"|''')");
    return opens
        && (after.equals("\"\"\"") || after.equals("'''"))
        && beginsStatement(text, lineStart);
  }

  /** After an open bracket, a comma or an operator the string belongs to what stands before. */
  private static boolean beginsStatement(String text, int lineStart) {
    String before = text.substring(0, lineStart).stripTrailing();
    return before.isEmpty() || "([{,=+%\\".indexOf(before.charAt(before.length() - 1)) < 0;
  }
}
