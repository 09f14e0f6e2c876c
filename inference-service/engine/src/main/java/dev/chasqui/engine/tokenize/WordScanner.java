package dev.chasqui.engine.tokenize;

import java.util.function.IntPredicate;

/** Cuts text into words, one after the other: a pattern of the reference, written by hand. */
@FunctionalInterface
interface WordScanner {

  /**
   * Returns where the word ends that begins at a position.
   *
   * @param text the text
   * @param start the position, less than the limit
   * @param limit where the text is taken to end
   * @return the end, more than the start and at most the limit; looking for it takes time in
   *     proportion to the word and the white space behind it
   */
  int wordEnd(String text, int start, int limit);

  /** Returns where a run of characters of one class ends; the start itself where there is none. */
  static int runEnd(String text, int start, int limit, IntPredicate inClass) {
    int end = start;
    while (end < limit) {
      int codePoint = text.codePointAt(end);
      if (!inClass.test(codePoint)) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  /** Returns where {@code 's|'t|'re|'ve|'m|'ll|'d} ends; the start itself where there is none. */
  static int contractionEnd(String text, int start, int limit, LetterCase letterCase) {
    if (text.charAt(start) != '\'' || start + 1 >= limit) {
      return start;
    }
    int first = letterCase.fold(text.charAt(start + 1));
    if ("stmd".indexOf(first) >= 0) {
      return start + 2;
    }
    if (start + 2 >= limit) {
      return start;
    }
    int second = letterCase.fold(text.charAt(start + 2));
    boolean found =
        second == 'e' && (first == 'r' || first == 'v') || second == 'l' && first == 'l';
    return found ? start + 3 : start;
  }

  /**
   * Returns where {@code \s+(?!\S)|\s+} ends: before the last of several spaces that stand in front
   * of a word, so that it can join the word.
   */
  static int spaceEnd(String text, int start, int limit) {
    int end = runEnd(text, start, limit, Characters::isSpace);
    // All white space is of one char in UTF-16.
    return end < limit && end - start > 1 ? end - 1 : end;
  }

  /** Whether a pattern ignores case. */
  enum LetterCase {
    /** It does not. */
    STRICT {
      @Override
      int fold(char letter) {
        return letter;
      }
    },
    /** {@code (?i:…)}, where the long s is an s (Unicode simple case folding). */
    IGNORED {
      @Override
      int fold(char letter) {
        return letter == '\u017f' ? 's' : letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
      }
    };

    abstract int fold(char letter);
  }
}
