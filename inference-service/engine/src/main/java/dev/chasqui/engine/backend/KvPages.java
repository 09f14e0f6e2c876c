package dev.chasqui.engine.backend;

/**
 * Keys and values of one layer in blocks, float32. Values are {@code [blocks, kvHeads,
 * blockSizeTokens, headSize]}. Keys are turned, {@code [blocks, kvHeads, headSize,
 * blockSizeTokens]}: so a vector holds one value of consecutive positions, scores need no sum over
 * lanes, and every score is summed over the head in the same order.
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

  /** Returns the keys, {@code [blocks, kvHeads, headSize, blockSizeTokens]}. */
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
   * Returns where the key of a position begins: its value d is {@code d * blockSizeTokens} further.
   *
   * @param block block id
   * @param kvHead KV head
   * @param within position within the block
   * @return index into the keys
   */
  public int keyOffset(int block, int kvHead, int within) {
    return offset(block, kvHead) + within;
  }

  /**
   * Returns where the values of a position begin: {@code headSize} of them, side by side.
   *
   * @param block block id
   * @param kvHead KV head
   * @param within position within the block
   * @return index into the values
   */
  public int valueOffset(int block, int kvHead, int within) {
    return offset(block, kvHead) + within * headSize;
  }

  private int offset(int block, int kvHead) {
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
      int source = from + head * headSize;
      System.arraycopy(newValues, source, values, valueOffset(block, head, within), headSize);
      int key = keyOffset(block, head, within);
      for (int d = 0; d < headSize; d++) {
        keys[key + d * shape.blockSizeTokens()] = newKeys[source + d];
      }
    }
  }
}
