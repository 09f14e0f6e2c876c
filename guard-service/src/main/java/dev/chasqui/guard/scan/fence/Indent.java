package dev.chasqui.guard.scan.fence;

/** Leading spaces of a line; a tab counts as four. */
final class Indent {

  private static final int TAB = 4;

  private Indent() {}

  static int of(String line) {
    int columns = 0;
    for (int i = 0; i < line.length(); i++) {
      switch (line.charAt(i)) {
        case ' ' -> columns++;
        case '\t' -> columns += TAB;
        default -> {
          return columns;
        }
      }
    }
    return columns;
  }

  /** Takes away as many columns of leading space as there are, at most some. */
  static String strip(String line, int most) {
    int columns = 0;
    int at = 0;
    while (at < line.length() && columns < most && isSpace(line.charAt(at))) {
      columns += line.charAt(at) == '\t' ? TAB : 1;
      at++;
    }
    return " ".repeat(Math.max(0, columns - most)) + line.substring(at);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
