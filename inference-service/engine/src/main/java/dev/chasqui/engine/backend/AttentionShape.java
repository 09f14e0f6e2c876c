package dev.chasqui.engine.backend;

/**
 * The heads of grouped-query attention (arXiv 2305.13245): query head h reads KV head {@code h /
 * (heads / kvHeads)}.
 *
 * @param heads query heads
 * @param kvHeads KV heads; divides the heads
 * @param headSize width of one head
 */
public record AttentionShape(int heads, int kvHeads, int headSize) {

  /** Checks that the heads can be shared evenly. */
  public AttentionShape {
    if (heads < 1 || kvHeads < 1 || headSize < 1 || heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          "%d heads of %d cannot share %d KV heads".formatted(heads, headSize, kvHeads));
    }
  }

  /** Returns how many query heads share a KV head. */
  public int headsPerKvHead() {
    return heads / kvHeads;
  }

  /** Returns the width of a row of queries. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Returns the width of a row of keys or of values. */
  public int kvWidth() {
    return kvHeads * headSize;
  }

  /** Returns what scores are multiplied with before the softmax. */
  public float scale() {
    return (float) (1.0 / Math.sqrt(headSize));
  }
}
