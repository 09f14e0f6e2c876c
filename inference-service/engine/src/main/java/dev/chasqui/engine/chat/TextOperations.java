package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatTemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** What Python does with strings, where every character keeps its origin. */
final class TextOperations {

  /** Which ends of a text are stripped. */
  enum Ends {
    /** The beginning. */
    LEFT,
    /** The end. */
    RIGHT,
    /** Both. */
    BOTH
  }

  private TextOperations() {}

  static MarkedChars strip(MarkedChars chars, Ends ends, IntPredicate stripped) {
    String text = chars.toString();
    int start = 0;
    int end = text.length();
    while (ends != Ends.RIGHT && start < end && stripped.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (ends != Ends.LEFT && end > start && stripped.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return chars.slice(start, end);
  }

  /** Splits at white space, runs of it counting as one and ends as none. */
  static List<MarkedChars> words(MarkedChars chars, long mostSplits, Budget budget) {
    String text = chars.toString();
    List<MarkedChars> words = new ArrayList<>();
    int at = afterSpace(text, 0);
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && !PythonSpace.is(text.charAt(end))) {
        end++;
      }
      if (words.size() == mostSplits) {
        words.add(strip(chars.slice(at, text.length()), Ends.RIGHT, PythonSpace::is));
        return words;
      }
      budget.makeElements(1);
      words.add(chars.slice(at, end));
      at = afterSpace(text, end);
    }
    return words;
  }

  static List<MarkedChars> split(
      MarkedChars chars, String separator, long mostSplits, Budget budget) {
    if (separator.isEmpty()) {
      throw new ChatTemplateException("split needs a separator that is not empty");
    }
    String text = chars.toString();
    budget.scan(text.length());
    List<MarkedChars> parts = new ArrayList<>();
    int start = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && parts.size() != mostSplits) {
      budget.makeElements(1);
      parts.add(chars.slice(start, at));
      start = at + separator.length();
      at = text.indexOf(separator, start);
    }
    parts.add(chars.slice(start, text.length()));
    return parts;
  }

  static List<MarkedChars> splitRight(
      MarkedChars chars, String separator, long mostSplits, Budget budget) {
    List<MarkedChars> parts = new ArrayList<>(split(chars, separator, -1, budget));
    if (mostSplits < 0 || parts.size() - 1 <= mostSplits) {
      return parts;
    }
    int tail = 0;
    for (int i = 0; i < mostSplits; i++) {
      tail += parts.get(parts.size() - 1 - i).length() + separator.length();
    }
    List<MarkedChars> kept = parts.subList(parts.size() - (int) mostSplits, parts.size());
    kept.addFirst(chars.slice(0, chars.length() - tail));
    return kept;
  }

  static List<MarkedChars> lines(MarkedChars chars, Budget budget) {
    String text = chars.toString();
    budget.scan(text.length());
    List<MarkedChars> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      if (isLineEnd(text.charAt(at))) {
        budget.makeElements(1);
        lines.add(chars.slice(start, at));
        boolean pair = text.startsWith("\r\n", at);
        at += pair ? 1 : 0;
        start = at + 1;
      }
    }
    if (start < text.length()) {
      lines.add(chars.slice(start, text.length()));
    }
    return lines;
  }

  static void replace(
      MarkedChars chars, String old, MarkedChars with, long most, CharsBuilder out) {
    String text = chars.toString();
    int start = 0;
    long count = 0;
    int at = text.indexOf(old);
    while (at >= 0 && count != most) {
      out.append(chars, start, at).append(with);
      count++;
      start = at + old.length();
      if (old.isEmpty() && at >= text.length()) {
        break;
      }
      at = text.indexOf(old, old.isEmpty() ? text.offsetByCodePoints(at, 1) : start);
    }
    out.append(chars, start, text.length());
  }

  static void upper(MarkedChars chars, CharsBuilder out) {
    map(chars, 0, part -> part.toUpperCase(Locale.ROOT), out);
  }

  static void lower(MarkedChars chars, CharsBuilder out) {
    map(chars, 0, part -> part.toLowerCase(Locale.ROOT), out);
  }

  static void capitalize(MarkedChars chars, CharsBuilder out) {
    if (chars.length() > 0) {
      int first = chars.toString().offsetByCodePoints(0, 1);
      upper(chars.slice(0, first), out);
      map(chars, first, part -> part.toLowerCase(Locale.ROOT), out);
    }
  }

  /** Writes each word with a capital; a word begins behind what is no letter. */
  static void title(MarkedChars chars, CharsBuilder out) {
    String text = chars.toString();
    boolean inWord = false;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      String part = Character.toString(codePoint);
      out.like(
          chars,
          at,
          inWord
              ? part.toLowerCase(Locale.ROOT)
              : Character.toString(Character.toTitleCase(codePoint)));
      inWord = Character.isLetter(codePoint);
      at += part.length();
    }
  }

  private static void map(
      MarkedChars chars, int from, UnaryOperator<String> change, CharsBuilder out) {
    String text = chars.toString();
    int start = from;
    while (start < text.length()) {
      int end = Math.max(chars.runEnd(start), start + 1);
      out.like(chars, start, change.apply(text.substring(start, end)));
      start = end;
    }
  }

  private static int afterSpace(String text, int start) {
    int at = start;
    while (at < text.length() && PythonSpace.is(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isLineEnd(char character) {
    return character >= '\n' && character <= '\r'
        || character >= 0x1c && character <= 0x1e
        || character == 0x85
        || character == 0x2028
        || character == 0x2029;
  }
}
