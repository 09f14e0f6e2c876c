package dev.chasqui.engine.tokenize;

import java.util.function.IntPredicate;

/**
 * Sets runs of one class of characters apart from the rest.
 *
 * @param inClass the class
 * @param most most characters of one run; longer ones fall into several words
 */
record RunWords(IntPredicate inClass, int most) implements WordScanner {

  @Override
  public int wordEnd(String text, int start, int limit) {
    if (!inClass.test(text.codePointAt(start))) {
      return WordScanner.runEnd(text, start, limit, inClass.negate());
    }
    int end = start;
    for (int count = 0; count < most && end < limit; count++) {
      int codePoint = text.codePointAt(end);
      if (!inClass.test(codePoint)) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }
}
