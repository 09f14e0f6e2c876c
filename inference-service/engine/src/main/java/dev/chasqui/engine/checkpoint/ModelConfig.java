package dev.chasqui.engine.checkpoint;

/**
 * The sizes of a Llama model.
 *
 * @param name the name in the checkpoint, else that of its file
 * @param vocabularySize number of token ids
 * @param hiddenSize width of the residual stream
 * @param layers number of transformer blocks
 * @param heads attention heads (of the queries)
 * @param kvHeads KV heads; divides the heads
 * @param headSize width of one head
 * @param ffnSize width inside the feed-forward network
 * @param normEpsilon added under the root of RMSNorm
 * @param rope rotary position embedding
 * @param contextLength most tokens the model was made for
 * @param tiedEmbeddings whether the output matrix is the embedding table
 */
public record ModelConfig(
    String name,
    int vocabularySize,
    int hiddenSize,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int ffnSize,
    float normEpsilon,
    Rope rope,
    int contextLength,
    boolean tiedEmbeddings) {

  /** Checks that the sizes fit each other. */
  public ModelConfig {
    checkPositive("vocabulary size", vocabularySize);
    checkPositive("hidden size", hiddenSize);
    checkPositive("layers", layers);
    checkPositive("heads", heads);
    checkPositive("KV heads", kvHeads);
    checkPositive("head size", headSize);
    checkPositive("ffn size", ffnSize);
    checkPositive("context length", contextLength);
    if (heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          "%d heads cannot share %d KV heads evenly".formatted(heads, kvHeads));
    }
    if (rope.dimensions() > headSize) {
      throw new IllegalArgumentException(
          "rope rotates %d values of a head of %d".formatted(rope.dimensions(), headSize));
    }
    if (!(normEpsilon >= 0 && normEpsilon < 1)) {
      throw new IllegalArgumentException("norm epsilon is " + normEpsilon + ", not in [0, 1)");
    }
  }

  private static void checkPositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is " + value + ": it must be at least 1");
    }
  }

  /** Returns the width of all query heads together. */
  public int queryWidth() {
    return heads * headSize;
  }

  /** Returns the width of all KV heads together. */
  public int kvWidth() {
    return kvHeads * headSize;
  }
}
