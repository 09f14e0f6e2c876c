package dev.chasqui.engine.tokenize;

/**
 * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
 * ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+} (meta-llama/llama-models, tokenizer.py).
 *
 * @param mostDigits most digits of a word: 3, or 1 in Qwen 2's form of the pattern
 */
record Llama3Words(int mostDigits) implements WordScanner {

  @Override
  public int wordEnd(String text, int start, int limit) {
    int end = WordScanner.contractionEnd(text, start, limit, LetterCase.IGNORED);
    if (end > start) {
      return end;
    }
    int first = text.codePointAt(start);
    if (Characters.isLetter(first)) {
      return WordScanner.runEnd(text, start, limit, Characters::isLetter);
    }
    if (Characters.isNumber(first)) {
      return digitsEnd(text, start, limit);
    }
    return otherEnd(text, start, limit, first);
  }

  private static int otherEnd(String text, int start, int limit, int first) {
    int second = start + Character.charCount(first);
    if (!Characters.isNewline(first) && second < limit) {
      int end = WordScanner.runEnd(text, second, limit, Characters::isLetter);
      if (end > second) {
        return end;
      }
    }
    int body = first == ' ' ? second : start;
    int end = WordScanner.runEnd(text, body, limit, Characters::isOther);
    if (end > body) {
      return WordScanner.runEnd(text, end, limit, Characters::isNewline);
    }
    return spaceEnd(text, start, limit);
  }

  private int digitsEnd(String text, int start, int limit) {
    int end = start;
    for (int digit = 0; digit < mostDigits && end < limit; digit++) {
      int codePoint = text.codePointAt(end);
      if (!Characters.isNumber(codePoint)) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private static int spaceEnd(String text, int start, int limit) {
    int end = WordScanner.runEnd(text, start, limit, Characters::isSpace);
    for (int last = end; last > start; last--) {
      if (Characters.isNewline(text.charAt(last - 1))) {
        return last;
      }
    }
    return end < limit && end - start > 1 ? end - 1 : end;
  }
}
