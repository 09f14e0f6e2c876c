package dev.chasqui.engine.tokenize;

/**
 * {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+} (openai/gpt-2,
 * encoder.py).
 */
final class Gpt2Words implements WordScanner {

  @Override
  public int wordEnd(String text, int start, int limit) {
    int end = WordScanner.contractionEnd(text, start, limit, LetterCase.STRICT);
    if (end > start) {
      return end;
    }
    int body = text.charAt(start) == ' ' ? start + 1 : start;
    if (body == limit) {
      return limit;
    }
    int first = text.codePointAt(body);
    if (Characters.isSpace(first)) {
      return WordScanner.spaceEnd(text, start, limit);
    }
    if (Characters.isLetter(first)) {
      return WordScanner.runEnd(text, body, limit, Characters::isLetter);
    }
    if (Characters.isNumber(first)) {
      return WordScanner.runEnd(text, body, limit, Characters::isNumber);
    }
    return WordScanner.runEnd(text, body, limit, Characters::isOther);
  }
}
