package dev.chasqui.engine.kvcache;

import java.util.Arrays;

/**
 * The KV blocks of one sequence: those of a shared prefix, then its own. Belongs to the engine's
 * thread; filled by the {@link KvCache} that opened it.
 */
public final class BlockTable {

  /** The deepest node whose content is known: that of block {@code known - 1}. */
  PrefixNode cursor;

  int known;
  private int[] blocks = new int[8];
  private int size;

  BlockTable(PrefixNode root) {
    this.cursor = root;
  }

  /** Returns the number of blocks. */
  public int size() {
    return size;
  }

  /** Returns the block of positions {@code index * blockSizeTokens} and on. */
  public int block(int index) {
    return blocks[index];
  }

  /**
   * Returns the block numbers in the order of positions: no copy, so not to be changed; there may
   * be more behind the last one.
   */
  public int[] blocks() {
    return blocks;
  }

  /** Returns a copy of the block numbers. */
  int[] toArray() {
    return Arrays.copyOf(blocks, size);
  }

  void add(int block) {
    if (size == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * size);
    }
    blocks[size++] = block;
  }

  void set(int index, int block) {
    blocks[index] = block;
  }

  int removeLast() {
    return blocks[--size];
  }
}
