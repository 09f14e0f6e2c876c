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
 * @param labels outputs of the classifier head that stands in for the output matrix; 0 for a
 *     language model
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
    boolean tiedEmbeddings,
    int labels) {

  // Far beyond any published model (Llama 3.1 405B: 128,256 tokens, 126 layers, 128 heads of 128,
  // ffn size 53,248), and small enough that no product of a hostile file overflows.
  private static final int MOST_VOCABULARY = 1 << 24;
  private static final int MOST_WIDTH = 1 << 22;
  private static final int MOST_LAYERS = 1 << 12;
  private static final int MOST_HEADS = 1 << 12;
  private static final int MOST_HEAD_SIZE = 1 << 16;

  /** Checks that the sizes fit each other. */
  public ModelConfig {
    checkRange("vocabulary size", vocabularySize, MOST_VOCABULARY);
    checkRange("hidden size", hiddenSize, MOST_WIDTH);
    checkRange("layers", layers, MOST_LAYERS);
    checkRange("heads", heads, MOST_HEADS);
    checkRange("KV heads", kvHeads, MOST_HEADS);
    checkRange("head size", headSize, MOST_HEAD_SIZE);
    checkRange("ffn size", ffnSize, MOST_WIDTH);
    checkRange("context length", contextLength, Integer.MAX_VALUE);
    if (labels != 0) {
      checkRange("labels", labels, MOST_VOCABULARY);
    }
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

  private static void checkRange(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s is %d: it must lie in [1, %d]".formatted(what, value, most));
    }
  }

  /** Returns the number of logits of a row: one for each token id, or each label. */
  public int outputs() {
    return labels == 0 ? vocabularySize : labels;
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
