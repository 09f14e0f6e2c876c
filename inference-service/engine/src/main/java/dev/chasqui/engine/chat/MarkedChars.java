package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.MarkedText.Origin;
import dev.chasqui.engine.api.MarkedText.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Characters that know who wrote them. Two are equal when their characters are: whoever wrote
 * {@code user}, it is the same role.
 */
final class MarkedChars {

  static final MarkedChars EMPTY = scaffold("");

  private final String chars;

  /** A bit for each char of a user; never changed once this is made. */
  private final BitSet user;

  MarkedChars(String chars, BitSet user) {
    this.chars = chars;
    this.user = user;
  }

  static MarkedChars scaffold(String chars) {
    return new MarkedChars(chars, new BitSet());
  }

  static MarkedChars user(String chars) {
    BitSet user = new BitSet();
    user.set(0, chars.length());
    return new MarkedChars(chars, user);
  }

  int length() {
    return chars.length();
  }

  boolean isUser(int index) {
    return user.get(index);
  }

  /** Returns where the chars of one origin end that begin at an index. */
  int runEnd(int index) {
    int end = user.get(index) ? user.nextClearBit(index) : user.nextSetBit(index);
    return end < 0 ? chars.length() : Math.min(end, chars.length());
  }

  MarkedChars slice(int start, int end) {
    return start == 0 && end == chars.length()
        ? this
        : new MarkedChars(chars.substring(start, end), user.get(start, end));
  }

  /** Returns the origin of what is made of it as a whole: a user's as soon as one char is. */
  Origin origin() {
    return user.isEmpty() ? Origin.SCAFFOLD : Origin.USER;
  }

  MarkedText toMarkedText() {
    List<Span> spans = new ArrayList<>();
    int start = 0;
    while (start < chars.length()) {
      int end = runEnd(start);
      Origin origin = user.get(start) ? Origin.USER : Origin.SCAFFOLD;
      spans.add(new Span(chars.substring(start, end), origin));
      start = end;
    }
    return new MarkedText(spans);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MarkedChars that && chars.equals(that.chars);
  }

  @Override
  public int hashCode() {
    return chars.hashCode();
  }

  @Override
  public String toString() {
    return chars;
  }
}
