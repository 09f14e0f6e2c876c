package dev.chasqui.engine.tokenize;

/** {@code [0-9][0-9][0-9]}: three ASCII digits are a word, and so is all that lies between. */
final class DigitTriples implements WordScanner {

  @Override
  public int wordEnd(String text, int start, int limit) {
    int end = start;
    while (end < limit) {
      if (isTriple(text, end, limit)) {
        return end == start ? end + 3 : end;
      }
      end++;
    }
    return limit;
  }

  private static boolean isTriple(String text, int start, int limit) {
    return start + 3 <= limit
        && isDigit(text.charAt(start))
        && isDigit(text.charAt(start + 1))
        && isDigit(text.charAt(start + 2));
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
