package dev.chasqui.engine.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of code points as sequences of byte ranges: any byte of the first, then any of the
 * second, and so on (as in RE2, re2/compile.cc).
 */
final class Utf8Ranges {

  private static final int[] LAST_OF_LENGTH = {0x7f, 0x7ff, 0xffff, 0x10ffff};

  private final List<int[][]> sequences = new ArrayList<>();

  private Utf8Ranges() {}

  /** Returns sequences of pairs of least and greatest byte. */
  static List<int[][]> of(int from, int to) {
    Utf8Ranges split = new Utf8Ranges();
    int start = from;
    for (int length = 1; length <= LAST_OF_LENGTH.length; length++) {
      int last = Math.min(to, LAST_OF_LENGTH[length - 1]);
      if (start <= last) {
        split.add(start, last, length);
        start = last + 1;
      }
    }
    return split.sequences;
  }

  private void add(int from, int to, int length) {
    for (int i = 1; i < length; i++) {
      int low = (1 << 6 * i) - 1;
      if ((from & ~low) != (to & ~low)) {
        if ((from & low) != 0) {
          add(from, from | low, length);
          add((from | low) + 1, to, length);
          return;
        }
        if ((to & low) != low) {
          add(from, (to & ~low) - 1, length);
          add(to & ~low, to, length);
          return;
        }
      }
    }
    int[][] bytes = new int[length][];
    for (int i = 0; i < length; i++) {
      bytes[i] = new int[] {byteOf(from, i, length), byteOf(to, i, length)};
    }
    sequences.add(bytes);
  }

  private static int byteOf(int codePoint, int index, int length) {
    int bits = codePoint >> 6 * (length - 1 - index);
    if (index > 0) {
      return 0x80 | bits & 0x3f;
    }
    return length == 1 ? bits : 0xf00 >> length & 0xff | bits;
  }
}
