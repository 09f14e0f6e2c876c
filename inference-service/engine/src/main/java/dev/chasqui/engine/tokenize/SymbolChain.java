package dev.chasqui.engine.tokenize;

import java.util.Arrays;

/**
 * A row of symbols whose neighbours merge, lowest rank first and leftmost first among equals, until
 * no pair is left that may.
 *
 * <p>A doubly linked list in arrays and a heap of (rank, left position): n symbols take O(n log n)
 * steps. An entry of the heap that a later merge overtook is known by its rank, which is no longer
 * that of the pair at its position. Belongs to one call of one thread, and is used again and again.
 */
final class SymbolChain {

  /** No neighbour. */
  static final int END = -1;

  private static final int NO_PAIR = Integer.MAX_VALUE;

  private final MergeTable table;
  private final LongHeap heap = new LongHeap();
  private int[] ids = new int[64];
  private int[] previous = new int[64];
  private int[] next = new int[64];
  private int[] pairRank = new int[64];
  private int[] pairResult = new int[64];
  private int size;

  SymbolChain(MergeTable table) {
    this.table = table;
  }

  void clear() {
    size = 0;
  }

  /** Appends a symbol; an id below 0 never merges. */
  void add(int id) {
    if (size == ids.length) {
      grow(2 * size);
    }
    ids[size] = id;
    previous[size] = size - 1;
    next[size] = END;
    if (size > 0) {
      next[size - 1] = size;
    }
    size++;
  }

  void merge() {
    for (int left = 0; left < size; left++) {
      offer(left);
    }
    while (!heap.isEmpty()) {
      long entry = heap.pop();
      int left = (int) entry;
      if (pairRank[left] == (int) (entry >>> 32)) {
        join(left);
      }
    }
  }

  /** Returns the position of the first symbol, or {@link #END}. */
  int first() {
    return size == 0 ? END : 0;
  }

  /** Returns the position of the symbol behind one, or {@link #END}. */
  int after(int position) {
    return next[position];
  }

  /** Returns the id of a symbol; a symbol stands where its first part stood. */
  int id(int position) {
    return ids[position];
  }

  private void join(int left) {
    int right = next[left];
    ids[left] = pairResult[left];
    pairRank[right] = NO_PAIR;
    next[left] = next[right];
    if (next[left] != END) {
      previous[next[left]] = left;
    }
    offer(left);
    if (previous[left] != END) {
      offer(previous[left]);
    }
  }

  private void offer(int left) {
    pairRank[left] = NO_PAIR;
    int right = next[left];
    int slot = right == END ? MergeTable.NONE : table.find(ids[left], ids[right]);
    if (slot != MergeTable.NONE) {
      pairRank[left] = table.rank(slot);
      pairResult[left] = table.result(slot);
      heap.push((long) pairRank[left] << 32 | left);
    }
  }

  private void grow(int length) {
    ids = Arrays.copyOf(ids, length);
    previous = Arrays.copyOf(previous, length);
    next = Arrays.copyOf(next, length);
    pairRank = Arrays.copyOf(pairRank, length);
    pairResult = Arrays.copyOf(pairResult, length);
  }
}
