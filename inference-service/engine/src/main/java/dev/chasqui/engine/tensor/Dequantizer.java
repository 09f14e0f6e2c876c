package dev.chasqui.engine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Turns stored values into float32, bit for bit as ggml's {@code dequantize_row_*}. Dequantizers
 * hold no state.
 */
public interface Dequantizer {

  /**
   * Writes whole blocks as float32.
   *
   * @param source where the blocks are
   * @param offset byte offset of the first block
   * @param target gets the values
   * @param targetOffset index of the first value
   * @param count number of values, a multiple of the block size
   */
  void dequantize(MemorySegment source, long offset, float[] target, int targetOffset, int count);

  /**
   * Returns the one for a dtype.
   *
   * @param dtype how the values are stored
   * @return its dequantizer
   */
  static Dequantizer of(Dtype dtype) {
    return switch (dtype) {
      case F32 -> FloatDequantizers::f32;
      case F16 -> FloatDequantizers::f16;
      case BF16 -> FloatDequantizers::bf16;
      case Q8_0 -> BlockDequantizers::q8Zero;
      case Q4_0 -> BlockDequantizers::q4Zero;
      case Q4_1 -> BlockDequantizers::q4One;
      case Q5_0 -> BlockDequantizers::q5Zero;
      case Q5_1 -> BlockDequantizers::q5One;
      case Q2_K -> KQuantDequantizers::q2;
      case Q3_K -> KQuantDequantizers::q3;
      case Q4_K -> KQuantDequantizers::q4;
      case Q5_K -> KQuantDequantizers::q5;
      case Q6_K -> KQuantDequantizers::q6;
      case IQ4_NL -> TableDequantizers::iq4Nl;
      case IQ4_XS -> TableDequantizers::iq4Xs;
    };
  }
}
