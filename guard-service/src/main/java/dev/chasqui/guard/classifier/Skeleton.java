package dev.chasqui.guard.classifier;

import java.text.Normalizer;

/**
 * A text reduced to what makes it look like another: without white space, invisible characters,
 * accents and case, and with the letters of other scripts that look Latin as Latin ones. Each
 * character knows where it came from.
 *
 * <p>Compatibility forms (full-width, mathematical) fold by NFKD. The look-alikes are those of
 * Unicode's confusables (UTS 39) in Cyrillic, Greek and punctuation that spell ASCII.
 */
final class Skeleton {

  /** Pairs: what looks alike, and what it looks like. */
  private static final String LOOK_ALIKES =
      "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwвbкkмmнhтtѵv"
          + "αaοoρpνvιiκkτtυuχxβbεeηnγyɡgıiƖl"
          + "‹<›>〈<〉>⟨<⟩>˂<˃>∣|ǀ|❲[❳]꞉:∶:։:";

  private final char[] characters;
  private final int[] origins;
  private final boolean[] opensLine;
  private int length;

  private Skeleton(int capacity) {
    characters = new char[capacity];
    origins = new int[capacity];
    opensLine = new boolean[capacity];
  }

  /** Returns the skeleton of a text. */
  static Skeleton of(String text) {
    Skeleton skeleton = new Skeleton(text.length());
    boolean opensLine = true;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      if (isLineEnd(codePoint)) {
        opensLine = true;
      } else if (isVisible(codePoint)) {
        skeleton.add(fold(codePoint), at, opensLine);
        opensLine = false;
      }
      at += Character.charCount(codePoint);
    }
    return skeleton;
  }

  /** Returns the characters alone. */
  String text() {
    return new String(characters, 0, length);
  }

  /** Returns where a character of the skeleton stands in the text. */
  int origin(int index) {
    return origins[index];
  }

  /** Returns whether a character is the first visible one of its line. */
  boolean opensLine(int index) {
    return opensLine[index];
  }

  private void add(char folded, int at, boolean opens) {
    characters[length] = folded;
    origins[length] = at;
    opensLine[length] = opens;
    length++;
  }

  private static char fold(int codePoint) {
    char plain = codePoint < 0x80 ? (char) codePoint : decomposed(codePoint);
    char lower = Character.toLowerCase(plain);
    int alike = lower < 0x80 ? -1 : LOOK_ALIKES.indexOf(lower);
    return alike >= 0 && alike % 2 == 0 ? LOOK_ALIKES.charAt(alike + 1) : lower;
  }

  /** The first character that a code point decomposes into: its accents follow it. */
  private static char decomposed(int codePoint) {
    String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
    return parts.charAt(0);
  }

  private static boolean isLineEnd(int codePoint) {
    return switch (codePoint) {
      case '\n', 0x0B, '\f', '\r', 0x85, 0x2028, 0x2029 -> true;
      default -> false;
    };
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT,
          Character.CONTROL,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.SPACE_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> !isBlankLetter(codePoint);
    };
  }

  /** Letters and signs of Unicode that are drawn as nothing: Hangul fillers, the braille blank. */
  private static boolean isBlankLetter(int codePoint) {
    return switch (codePoint) {
      case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }
}
