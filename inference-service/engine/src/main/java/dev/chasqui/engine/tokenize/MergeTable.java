package dev.chasqui.engine.tokenize;

import java.util.Arrays;

/**
 * Which two neighbouring symbols may become one, and how early: an open-addressing hash table from
 * a pair of ids to merge rank and id of the result.
 */
final class MergeTable {

  /** No such pair. */
  static final int NONE = -1;

  private static final long EMPTY = -1;

  private long[] pairs = new long[1024];
  private int[] ranks = new int[1024];
  private int[] results = new int[1024];
  private int size;

  MergeTable() {
    Arrays.fill(pairs, EMPTY);
  }

  /** Adds a pair; where it is there already, the lower rank stays. Ids below 0 never merge. */
  void put(int left, int right, int rank, int result) {
    if (left < 0 || right < 0) {
      return;
    }
    if (2 * (size + 1) > pairs.length) {
      grow();
    }
    long pair = pair(left, right);
    int slot = slot(pair);
    if (pairs[slot] == pair && ranks[slot] <= rank) {
      return;
    }
    size += pairs[slot] == EMPTY ? 1 : 0;
    pairs[slot] = pair;
    ranks[slot] = rank;
    results[slot] = result;
  }

  /** Returns where a pair stands, or {@link #NONE}. Ids below 0 stand for what never merges. */
  int find(int left, int right) {
    if (left < 0 || right < 0) {
      return NONE;
    }
    long pair = pair(left, right);
    int slot = slot(pair);
    return pairs[slot] == pair ? slot : NONE;
  }

  int rank(int slot) {
    return ranks[slot];
  }

  int result(int slot) {
    return results[slot];
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private int slot(long pair) {
    long mixed = pair * 0x9E3779B97F4A7C15L;
    int mask = pairs.length - 1;
    int slot = (int) (mixed >>> 32) & mask;
    while (pairs[slot] != EMPTY && pairs[slot] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldPairs = pairs;
    int[] oldRanks = ranks;
    int[] oldResults = results;
    pairs = new long[2 * oldPairs.length];
    ranks = new int[pairs.length];
    results = new int[pairs.length];
    Arrays.fill(pairs, EMPTY);
    for (int old = 0; old < oldPairs.length; old++) {
      if (oldPairs[old] != EMPTY) {
        int slot = slot(oldPairs[old]);
        pairs[slot] = oldPairs[old];
        ranks[slot] = oldRanks[old];
        results[slot] = oldResults[old];
      }
    }
  }
}
