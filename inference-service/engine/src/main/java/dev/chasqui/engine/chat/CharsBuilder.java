package dev.chasqui.engine.chat;

import java.util.BitSet;

/** Marked characters in the making; every char that is made is counted. */
final class CharsBuilder {

  private final Budget budget;
  private final StringBuilder chars = new StringBuilder();
  private final BitSet user = new BitSet();

  CharsBuilder(Budget budget) {
    this.budget = budget;
  }

  int length() {
    return chars.length();
  }

  CharsBuilder append(MarkedChars part) {
    budget.make(part.length());
    int offset = chars.length();
    chars.append(part);
    int start = 0;
    while (start < part.length()) {
      int end = part.runEnd(start);
      user.set(offset + start, offset + end, part.isUser(start));
      start = end;
    }
    return this;
  }

  CharsBuilder append(MarkedChars source, int start, int end) {
    return append(source.slice(start, end));
  }

  /** Appends characters of the template, or of the interpreter itself. */
  CharsBuilder scaffold(String part) {
    budget.make(part.length());
    chars.append(part);
    return this;
  }

  /** Appends characters that have the origin of another character. */
  CharsBuilder like(MarkedChars source, int index, String part) {
    budget.make(part.length());
    int offset = chars.length();
    chars.append(part);
    user.set(offset, chars.length(), source.isUser(index));
    return this;
  }

  MarkedChars build() {
    return new MarkedChars(chars.toString(), (BitSet) user.clone());
  }

  Value.Text text() {
    return new Value.Text(build());
  }
}
