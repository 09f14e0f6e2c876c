package dev.chasqui.engine.tokenize;

/** The character classes of the pre-tokenizers' patterns, by code point. */
final class Characters {

  private static final int NUMBERS =
      1 << Character.DECIMAL_DIGIT_NUMBER
          | 1 << Character.LETTER_NUMBER
          | 1 << Character.OTHER_NUMBER;

  private static final int PUNCTUATION =
      1 << Character.CONNECTOR_PUNCTUATION
          | 1 << Character.DASH_PUNCTUATION
          | 1 << Character.START_PUNCTUATION
          | 1 << Character.END_PUNCTUATION
          | 1 << Character.INITIAL_QUOTE_PUNCTUATION
          | 1 << Character.FINAL_QUOTE_PUNCTUATION
          | 1 << Character.OTHER_PUNCTUATION;

  private Characters() {}

  /** {@code \p{L}}. */
  static boolean isLetter(int codePoint) {
    return Character.isLetter(codePoint);
  }

  /** {@code \p{N}}. */
  static boolean isNumber(int codePoint) {
    return (NUMBERS >> Character.getType(codePoint) & 1) != 0;
  }

  /** {@code \p{P}}. */
  static boolean isPunctuation(int codePoint) {
    return (PUNCTUATION >> Character.getType(codePoint) & 1) != 0;
  }

  /** {@code \s}: the Unicode property White_Space, no-break spaces included. */
  static boolean isSpace(int codePoint) {
    return codePoint <= ' '
        ? codePoint == ' ' || codePoint >= '\t' && codePoint <= '\r'
        : codePoint == 0x85 || Character.isSpaceChar(codePoint);
  }

  /** {@code [\r\n]}. */
  static boolean isNewline(int codePoint) {
    return codePoint == '\r' || codePoint == '\n';
  }

  /** {@code [^\s\p{L}\p{N}]}. */
  static boolean isOther(int codePoint) {
    return !isSpace(codePoint) && !isLetter(codePoint) && !isNumber(codePoint);
  }
}
