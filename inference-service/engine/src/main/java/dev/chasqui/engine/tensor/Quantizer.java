package dev.chasqui.engine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Turns float32 into stored values, by the rules of ggml's {@code quantize_row_*_ref}. Quantizers
 * hold no state.
 */
public interface Quantizer {

  /**
   * Writes values as whole blocks.
   *
   * @param source the values
   * @param from index of the first value
   * @param count number of values, a multiple of the block size
   * @param target where the blocks go
   * @param offset byte offset of the first block
   */
  void quantize(float[] source, int from, int count, MemorySegment target, long offset);

  /**
   * Returns the one for a dtype.
   *
   * @param dtype how the values are to be stored: F32, BF16, Q8_0, Q4_0 or Q4_K
   * @return its quantizer
   * @throws IllegalArgumentException if it is another dtype
   */
  static Quantizer of(Dtype dtype) {
    return switch (dtype) {
      case F32 -> FloatQuantizers::f32;
      case BF16 -> FloatQuantizers::bf16;
      case Q8_0 -> BlockQuantizers::q8Zero;
      case Q4_0 -> BlockQuantizers::q4Zero;
      case Q4_K -> KQuantizers::q4;
      case F16, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
          throw new IllegalArgumentException(
              dtype + " can be read but not made: choose F32, BF16, Q8_0, Q4_0 or Q4_K");
    };
  }
}
