package dev.chasqui.engine.sample;

import java.util.Arrays;

/** How often each token occurs in an answer, and which ones occur in its prompt; not shared. */
final class TokenCounts {

  private static final int FREE = -1;

  private int[] slots = freeSlots(64);
  private int[] tokenIds = new int[32];
  private int[] counts = new int[32];
  private int size;

  /** Notes a token of the prompt. */
  void addPrompt(int tokenId) {
    indexOf(tokenId);
  }

  /** Counts a token of the answer. */
  void addAnswer(int tokenId) {
    int index = indexOf(tokenId);
    counts[index]++;
  }

  /** Returns the number of distinct tokens. */
  int size() {
    return size;
  }

  /** Returns the token id at an index below {@link #size}. */
  int tokenId(int index) {
    return tokenIds[index];
  }

  /** Returns how often the token at an index occurs in the answer. */
  int answerCount(int index) {
    return counts[index];
  }

  private int indexOf(int tokenId) {
    int slot = slotOf(tokenId);
    if (slots[slot] != FREE) {
      return slots[slot];
    }
    if (size == tokenIds.length) {
      grow();
      slot = slotOf(tokenId);
    }
    slots[slot] = size;
    tokenIds[size] = tokenId;
    return size++;
  }

  private int slotOf(int tokenId) {
    int mask = slots.length - 1;
    int slot = (tokenId * 0x9E3779B9 >>> 7) & mask;
    while (slots[slot] != FREE && tokenIds[slots[slot]] != tokenId) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Keeps the table at most half full. */
  private void grow() {
    tokenIds = Arrays.copyOf(tokenIds, 2 * size);
    counts = Arrays.copyOf(counts, 2 * size);
    slots = freeSlots(4 * size);
    for (int index = 0; index < size; index++) {
      slots[slotOf(tokenIds[index])] = index;
    }
  }

  private static int[] freeSlots(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
