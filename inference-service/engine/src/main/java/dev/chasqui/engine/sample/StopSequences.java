package dev.chasqui.engine.sample;

import java.util.List;

/**
 * Finds stop sequences in growing text, and holds back what may yet become one.
 *
 * <p>How the text is cut into pieces makes no difference: the sequence that is complete first ends
 * the text, of several complete at once the longest.
 */
final class StopSequences {

  private final List<String> sequences;
  private final int longest;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  StopSequences(List<String> sequences) {
    this.sequences = sequences;
    this.longest = sequences.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Returns whether a sequence was found; the text before it is all there is. */
  boolean found() {
    return found;
  }

  /** Takes more text and returns what can no longer be part of a stop sequence. */
  String accept(String text) {
    if (sequences.isEmpty()) {
      return text;
    }
    int seen = held.length();
    held.append(text);
    for (int end = seen + 1; end <= held.length(); end++) {
      int length = longestEndingAt(end);
      if (length > 0) {
        found = true;
        held.setLength(end - length);
        return release();
      }
    }
    return take(held.length() - possibleStart());
  }

  /** Returns what was held back. */
  String release() {
    return take(held.length());
  }

  private String take(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }

  private int longestEndingAt(int end) {
    int length = 0;
    for (String sequence : sequences) {
      int start = end - sequence.length();
      if (start >= 0 && sequence.length() > length && matches(sequence, start, sequence.length())) {
        length = sequence.length();
      }
    }
    return length;
  }

  /** Returns the length of the longest end of the held text that begins a stop sequence. */
  private int possibleStart() {
    for (int length = Math.min(held.length(), longest - 1); length > 0; length--) {
      for (String sequence : sequences) {
        if (length < sequence.length() && matches(sequence, held.length() - length, length)) {
          return length;
        }
      }
    }
    return 0;
  }

  private boolean matches(String sequence, int start, int length) {
    for (int i = 0; i < length; i++) {
      if (held.charAt(start + i) != sequence.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
