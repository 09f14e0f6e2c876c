package dev.chasqui.engine.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of Unicode code points without surrogates, as ranges in ascending order. */
final class CodePointRanges {

  private static final int LAST = Character.MAX_CODE_POINT;

  private final List<int[]> ranges;

  private CodePointRanges(List<int[]> ranges) {
    this.ranges = ranges;
  }

  /** Makes a set of pairs of bounds, both included. */
  static CodePointRanges of(int... bounds) {
    List<int[]> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      ranges.add(new int[] {bounds[i], bounds[i + 1]});
    }
    return of(ranges);
  }

  static CodePointRanges of(List<int[]> ranges) {
    List<int[]> sorted = new ArrayList<>();
    for (int[] range : ranges) {
      addWithoutSurrogates(range[0], range[1], sorted);
    }
    sorted.sort((one, other) -> Integer.compare(one[0], other[0]));
    List<int[]> merged = new ArrayList<>();
    for (int[] range : sorted) {
      if (!merged.isEmpty() && range[0] <= merged.getLast()[1] + 1) {
        merged.getLast()[1] = Math.max(merged.getLast()[1], range[1]);
      } else {
        merged.add(range.clone());
      }
    }
    return new CodePointRanges(merged);
  }

  private static void addWithoutSurrogates(int from, int to, List<int[]> ranges) {
    addUnlessEmpty(from, Math.min(to, Character.MIN_SURROGATE - 1), ranges);
    addUnlessEmpty(Math.max(from, Character.MAX_SURROGATE + 1), to, ranges);
  }

  private static void addUnlessEmpty(int from, int to, List<int[]> ranges) {
    if (from <= to) {
      ranges.add(new int[] {from, to});
    }
  }

  /** Returns all code points that are not in this set. */
  CodePointRanges complement() {
    List<int[]> rest = new ArrayList<>();
    int next = 0;
    for (int[] range : ranges) {
      addUnlessEmpty(next, range[0] - 1, rest);
      next = range[1] + 1;
    }
    addUnlessEmpty(next, LAST, rest);
    return of(rest);
  }

  CodePointRanges plus(CodePointRanges other) {
    List<int[]> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return of(all);
  }

  CodePointRanges minus(CodePointRanges other) {
    return complement().plus(other).complement();
  }

  boolean contains(int codePoint) {
    return ranges.stream().anyMatch(range -> range[0] <= codePoint && codePoint <= range[1]);
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  List<int[]> ranges() {
    return ranges;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodePointRanges that
        && Arrays.deepEquals(ranges.toArray(), that.ranges.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(ranges.toArray());
  }
}
