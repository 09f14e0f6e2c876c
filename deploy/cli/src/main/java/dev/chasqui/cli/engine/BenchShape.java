package dev.chasqui.cli.engine;

import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.checkpoint.RandomCheckpoint;
import dev.chasqui.engine.checkpoint.Rope;
import dev.chasqui.engine.checkpoint.RopeScaling;
import dev.chasqui.engine.tensor.Dtype;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sizes of a published model, to be filled with random weights.
 *
 * @param name how it is asked for
 * @param vocabularySize number of token ids
 * @param hiddenSize width of the residual stream
 * @param layers number of transformer blocks
 * @param heads attention heads, then KV heads, then the width of one
 * @param ffnSize width inside the feed-forward network
 * @param tiedEmbeddings whether the output matrix is the embedding table
 */
record BenchShape(
    String name,
    int vocabularySize,
    int hiddenSize,
    int layers,
    List<Integer> heads,
    int ffnSize,
    boolean tiedEmbeddings) {

  private static final int CONTEXT = 8192;

  private static final List<BenchShape> KNOWN =
      List.of(
          new BenchShape("smollm2-135m", 49152, 576, 30, List.of(9, 3, 64), 1536, true),
          new BenchShape("llama-3.2-1b", 128256, 2048, 16, List.of(32, 8, 64), 8192, true),
          new BenchShape("llama-3-8b", 128256, 4096, 32, List.of(32, 8, 128), 14336, false));

  static Optional<BenchShape> of(String name) {
    return KNOWN.stream().filter(shape -> shape.name.equals(name)).findFirst();
  }

  static List<String> names() {
    return KNOWN.stream().map(BenchShape::name).toList();
  }

  /** Returns the dtypes that random weights may have. */
  static List<Dtype> types() {
    return Arrays.asList(Dtype.Q8_0, Dtype.Q4_0, Dtype.Q4_1, Dtype.BF16);
  }

  Checkpoint random(Dtype type) {
    int headSize = heads.get(2);
    Rope rope = new Rope(500_000, headSize, Rope.Pairing.INTERLEAVED, new RopeScaling.None());
    ModelConfig config =
        new ModelConfig(
            name + "-random-" + type,
            vocabularySize,
            hiddenSize,
            layers,
            heads.get(0),
            heads.get(1),
            headSize,
            ffnSize,
            1e-5f,
            rope,
            CONTEXT,
            tiedEmbeddings,
            0);
    return RandomCheckpoint.of(config, type);
  }
}
