package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes a checkpoint of random weights in memory, to measure the speed of a shape that is not at
 * hand. It says nothing of use.
 */
public final class RandomCheckpoint {

  private static final int FIRST_BLOCKS = 4096;
  private static final float SIZE = 0.02f;

  private final ModelConfig config;
  private final Dtype dtype;
  private final WeightFiles memory = new WeightFiles();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Random random = new Random(1);

  private RandomCheckpoint(ModelConfig config, Dtype dtype) {
    this.config = config;
    this.dtype = dtype;
  }

  /**
   * Makes a checkpoint.
   *
   * @param config the sizes
   * @param dtype of the matrices: Q8_0, Q4_0, Q4_1 or BF16; beside 4 bits the embedding is Q8_0, as
   *     llama-quantize does it
   * @return the checkpoint; the caller closes it
   * @throws IllegalArgumentException if it is another dtype
   */
  public static Checkpoint of(ModelConfig config, Dtype dtype) {
    RandomCheckpoint random = new RandomCheckpoint(config, dtype);
    try {
      random.fill();
    } catch (RuntimeException | Error e) {
      random.memory.close();
      throw e;
    }
    CheckpointText text =
        new CheckpointText(vocabulary(config), Optional.empty(), TokenIds.empty());
    return new Checkpoint(config, random.tensors, text, random.memory);
  }

  private void fill() {
    Dtype embedding = dtype == Dtype.Q4_0 || dtype == Dtype.Q4_1 ? Dtype.Q8_0 : dtype;
    int hidden = config.hiddenSize();
    matrix("token_embd.weight", embedding, config.vocabularySize(), hidden);
    if (!config.tiedEmbeddings()) {
      matrix("output.weight", embedding, config.vocabularySize(), hidden);
    }
    gain("output_norm.weight");
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "blk." + layer + ".";
      gain(block + "attn_norm.weight");
      gain(block + "ffn_norm.weight");
      matrix(block + "attn_q.weight", dtype, config.queryWidth(), hidden);
      matrix(block + "attn_k.weight", dtype, config.kvWidth(), hidden);
      matrix(block + "attn_v.weight", dtype, config.kvWidth(), hidden);
      matrix(block + "attn_output.weight", dtype, hidden, config.queryWidth());
      matrix(block + "ffn_gate.weight", dtype, config.ffnSize(), hidden);
      matrix(block + "ffn_up.weight", dtype, config.ffnSize(), hidden);
      matrix(block + "ffn_down.weight", dtype, hidden, config.ffnSize());
    }
  }

  private void gain(String name) {
    MemorySegment ones = memory.allocate((long) Float.BYTES * config.hiddenSize());
    for (int i = 0; i < config.hiddenSize(); i++) {
      ones.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1);
    }
    tensors.put(name, new Tensor(name, Dtype.F32, new long[] {config.hiddenSize()}, ones));
  }

  /** A stretch of random blocks, again and again. */
  private void matrix(String name, Dtype type, int rows, int columns) {
    long bytes = rows * type.bytes(columns);
    MemorySegment all = memory.allocate(bytes);
    MemorySegment first = blocks(type);
    for (long at = 0; at < bytes; at += first.byteSize()) {
      long count = Math.min(first.byteSize(), bytes - at);
      MemorySegment.copy(first, 0, all, at, count);
    }
    tensors.put(name, new Tensor(name, type, new long[] {rows, columns}, all));
  }

  private MemorySegment blocks(Dtype type) {
    byte[] bytes = new byte[FIRST_BLOCKS * type.bytesPerBlock()];
    random.nextBytes(bytes);
    for (int at = 0; at < bytes.length; at += type.bytesPerBlock()) {
      switch (type) {
        case Q8_0 -> putHalf(bytes, at, SIZE / 73);
        case Q4_0 -> putHalf(bytes, at, SIZE / 4.6f);
        case Q4_1 -> {
          putHalf(bytes, at, SIZE / 4.6f);
          putHalf(bytes, at + 2, -7.5f * SIZE / 4.6f);
        }
        case BF16 ->
            putShort(
                bytes, at, Float.floatToRawIntBits((float) random.nextGaussian(0, SIZE)) >> 16);
        default ->
            throw new IllegalArgumentException(
                "random weights are Q8_0, Q4_0, Q4_1 or BF16, not " + type);
      }
    }
    return MemorySegment.ofArray(bytes);
  }

  private static void putHalf(byte[] bytes, int at, float value) {
    putShort(bytes, at, Float.floatToFloat16(value));
  }

  private static void putShort(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
  }

  private static Vocabulary vocabulary(ModelConfig config) {
    int size = config.vocabularySize();
    OptionalInt none = OptionalInt.empty();
    return new Vocabulary(
        Vocabulary.Kind.SENTENCEPIECE_BPE,
        "default",
        IntStream.range(0, size).mapToObj(id -> "t" + id).toList(),
        new float[size],
        Collections.nCopies(size, Vocabulary.PieceType.NORMAL),
        List.of(),
        new Vocabulary.SpecialTokens(none, none, none, none, none, none),
        false,
        false,
        false,
        VocabularySource.MEMORY);
  }
}
