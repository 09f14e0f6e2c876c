package dev.chasqui.engine.chat;

/** White space as Python's {@code str.strip} sees it. */
final class PythonSpace {

  private PythonSpace() {}

  static boolean is(int character) {
    return character <= ' '
        ? character == ' '
            || character >= '\t' && character <= '\r'
            || character >= 0x1c && character <= 0x1f
        : character == 0x85 || Character.isSpaceChar(character);
  }

  static String strippedRight(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
