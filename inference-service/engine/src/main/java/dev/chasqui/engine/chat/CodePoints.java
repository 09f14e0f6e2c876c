package dev.chasqui.engine.chat;

import java.util.Arrays;

/** Characters as Python counts them: code points. */
final class CodePoints {

  private CodePoints() {}

  static int count(MarkedChars chars) {
    String text = chars.toString();
    return text.codePointCount(0, text.length());
  }

  /** Returns where each code point begins, and the length as the last element. */
  static int[] starts(String text) {
    int[] starts = new int[text.length() + 1];
    int count = 0;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      starts[count++] = at;
    }
    starts[count] = text.length();
    return Arrays.copyOf(starts, count + 1);
  }
}
