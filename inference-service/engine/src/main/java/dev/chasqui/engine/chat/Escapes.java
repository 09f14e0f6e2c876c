package dev.chasqui.engine.chat;

/** The escapes of Python's string literals, as Jinja reads them (codec unicode-escape). */
final class Escapes {

  private static final String LETTERS = "ntr\\'\"abfv0";
  private static final String MEANINGS = "\n\t\r\\'\"\u0007\b\f\u000b\0";

  private Escapes() {}

  static String unescape(String body) {
    if (body.indexOf('\\') < 0) {
      return body;
    }
    StringBuilder text = new StringBuilder(body.length());
    int at = 0;
    while (at < body.length()) {
      char character = body.charAt(at);
      if (character == '\\' && at + 1 < body.length()) {
        at += escape(body, at, text);
      } else {
        text.append(character);
        at++;
      }
    }
    return text.toString();
  }

  /** Appends what an escape means and returns its length. */
  private static int escape(String body, int at, StringBuilder text) {
    char letter = body.charAt(at + 1);
    int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    if (digits > 0 && at + 2 + digits <= body.length()) {
      int codePoint = hexadecimal(body.substring(at + 2, at + 2 + digits));
      if (Character.isValidCodePoint(codePoint)) {
        text.appendCodePoint(codePoint);
        return 2 + digits;
      }
    }
    int known = LETTERS.indexOf(letter);
    if (known >= 0) {
      text.append(MEANINGS.charAt(known));
    } else if (letter != '\n') {
      text.append('\\').append(letter);
    }
    return 2;
  }

  private static int hexadecimal(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 16);
      if (digit < 0 || value > Character.MAX_CODE_POINT) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
