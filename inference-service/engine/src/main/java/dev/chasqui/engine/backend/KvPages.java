package dev.chasqui.engine.backend;

/**
 * Keys and values of one layer in blocks: float32, row-major {@code [blocks, kvHeads,
 * blockSizeTokens, headSize]}, so that the positions of one head lie side by side within a block.
 */
public final class KvPages {

  private final KvShape shape;
  private final int kvHeads;
  private final int headSize;
  private final float[] keys;
  private final float[] values;

  /**
   * Sets memory aside.
   *
   * @param shape blocks and their size
   * @param attention KV heads and their size
   * @throws IllegalArgumentException if one layer takes more than an array can hold
   */
  public KvPages(KvShape shape, AttentionShape attention) {
    this.shape = shape;
    this.kvHeads = attention.kvHeads();
    this.headSize = attention.headSize();
    long size = shape.tokens() * attention.kvWidth();
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "KV memory of %d tokens holds %d values a layer, but at most %d fit: take at most %d tokens"
              .formatted(
                  shape.tokens(),
                  size,
                  Integer.MAX_VALUE - 8,
                  (Integer.MAX_VALUE - 8) / attention.kvWidth()));
    }
    this.keys = new float[(int) size];
    this.values = new float[(int) size];
  }

  /** Returns the keys, {@code [blocks, kvHeads, blockSizeTokens, headSize]}. */
  public float[] keys() {
    return keys;
  }

  /** Returns the values, {@code [blocks, kvHeads, blockSizeTokens, headSize]}. */
  public float[] values() {
    return values;
  }

  /** Returns blocks and their size. */
  public KvShape shape() {
    return shape;
  }

  /**
   * Returns where the first position of a head in a block begins, in keys and in values alike;
   * position p of the block is {@code p * headSize} further.
   *
   * @param block block id
   * @param kvHead KV head
   * @return index
   */
  public int offset(int block, int kvHead) {
    return (block * kvHeads + kvHead) * shape.blockSizeTokens() * headSize;
  }

  /**
   * Writes keys and values of a step.
   *
   * @param step whose they are
   * @param newKeys {@code [rows, kvHeads, headSize]}
   * @param newValues {@code [rows, kvHeads, headSize]}
   */
  public void store(Step step, Activation newKeys, Activation newValues) {
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = 0; row < slice.rows(); row++) {
        int position = slice.startPosition() + row;
        int block = slice.blockTable()[position / shape.blockSizeTokens()];
        int from = (slice.firstRow() + row) * kvHeads * headSize;
        storeRow(
            block, position % shape.blockSizeTokens(), from, newKeys.values(), newValues.values());
      }
    }
  }

  private void storeRow(int block, int within, int from, float[] newKeys, float[] newValues) {
    for (int head = 0; head < kvHeads; head++) {
      int to = offset(block, head) + within * headSize;
      System.arraycopy(newKeys, from + head * headSize, keys, to, headSize);
      System.arraycopy(newValues, from + head * headSize, values, to, headSize);
    }
  }
}
