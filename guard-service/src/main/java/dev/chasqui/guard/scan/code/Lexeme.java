package dev.chasqui.guard.scan.code;

/** One kind of comment or string of a language. */
@FunctionalInterface
interface Lexeme {

  /** Says that the lexeme does not begin here. */
  int NONE = -1;

  /**
   * Reads the lexeme if it begins at a position, and marks what is comment or string in it.
   *
   * @param text the whole text
   * @param at where to look
   * @param kinds one for each character, to be marked
   * @return the position after it, or {@link #NONE}
   */
  int read(String text, int at, byte[] kinds);
}
