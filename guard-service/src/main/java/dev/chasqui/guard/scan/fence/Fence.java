package dev.chasqui.guard.scan.fence;

import java.util.Optional;

/**
 * The line that opens a fenced code block (CommonMark 0.31, section 4.5).
 *
 * @param sign backtick or tilde
 * @param length how many of them, at least 3
 * @param infoString what follows, stripped
 */
record Fence(char sign, int length, String infoString) {

  private static final int SHORTEST = 3;
  private static final int DEEPEST_INDENT = 3;

  /** Reads an opening fence from a line without its container's marks. */
  static Optional<Fence> opening(String line) {
    int indent = Indent.of(line);
    if (indent > DEEPEST_INDENT || indent >= line.length()) {
      return Optional.empty();
    }
    char sign = line.charAt(indent);
    int length = run(line, indent, sign);
    String info = line.substring(indent + length).strip();
    boolean opens = (sign == '~' || (sign == '`' && info.indexOf('`') < 0)) && length >= SHORTEST;
    return opens ? Optional.of(new Fence(sign, length, info)) : Optional.empty();
  }

  /** Whether a line closes the block that this fence opened. */
  boolean isClosedBy(String line) {
    int indent = Indent.of(line);
    if (indent > DEEPEST_INDENT || indent >= line.length()) {
      return false;
    }
    int run = run(line, indent, sign);
    return run >= length && line.substring(indent + run).isBlank();
  }

  private static int run(String line, int from, char sign) {
    int end = from;
    while (end < line.length() && line.charAt(end) == sign) {
      end++;
    }
    return end - from;
  }
}
