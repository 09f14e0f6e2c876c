package dev.chasqui.guard.scan.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between two brackets, parted at its commas.
 *
 * @param from position after the opening bracket
 * @param end position of the closing bracket, or of the end of the text
 * @param closed whether it has a closing bracket
 * @param arguments where the arguments stand; none where there is nothing but space
 */
record Call(int from, int end, boolean closed, List<Range> arguments) {

  /** No call is read further than this, so that broken code costs little. */
  private static final int LONGEST = 8192;

  /** A piece of a text. */
  record Range(int from, int end) {}

  /**
   * Reads a call.
   *
   * @param bare the view without comments and contents of strings
   * @param open position of the opening bracket
   */
  static Call read(String bare, int open) {
    List<Range> arguments = new ArrayList<>();
    int depth = 0;
    int argument = open + 1;
    int last = Math.min(bare.length(), open + LONGEST);
    for (int at = open; at < last; at++) {
      switch (bare.charAt(at)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> {
          depth--;
          if (depth == 0) {
            add(arguments, bare, argument, at);
            return new Call(open + 1, at, true, arguments);
          }
        }
        case ',' -> {
          if (depth == 1) {
            add(arguments, bare, argument, at);
            argument = at + 1;
          }
        }
        default -> {}
      }
    }
    add(arguments, bare, argument, last);
    return new Call(open + 1, last, false, arguments);
  }

  private static void add(List<Range> arguments, String bare, int from, int end) {
    if (from < end && !bare.substring(from, end).isBlank()) {
      arguments.add(new Range(from, end));
    }
  }
}
