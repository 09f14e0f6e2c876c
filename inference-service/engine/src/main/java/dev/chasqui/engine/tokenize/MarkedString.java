package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.api.MarkedText;
import java.util.BitSet;

/**
 * A marked text as one string, with a bit for every char that is not ours.
 *
 * @param text the characters, where unpaired surrogates have become U+FFFD
 * @param foreign the chars that came from a user
 */
record MarkedString(String text, BitSet foreign) {

  static MarkedString of(MarkedText marked) {
    StringBuilder text = new StringBuilder();
    BitSet foreign = new BitSet();
    for (MarkedText.Span span : marked.spans()) {
      int start = text.length();
      text.append(span.text());
      switch (span.origin()) {
        case SCAFFOLD -> {}
        case USER -> foreign.set(start, text.length());
      }
    }
    return new MarkedString(paired(text), foreign);
  }

  /**
   * Returns whether the chars from one position to another are all ours. Looks at these alone: a
   * search for the next foreign char would go through the whole text at each position.
   */
  boolean isScaffold(int start, int end) {
    for (int at = start; at < end; at++) {
      if (foreign.get(at)) {
        return false;
      }
    }
    return true;
  }

  private static String paired(StringBuilder text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (!Character.isSurrogate(character)) {
        continue;
      }
      if (i + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(i + 1))) {
        i++;
      } else {
        text.setCharAt(i, '\ufffd');
      }
    }
    return text.toString();
  }
}
