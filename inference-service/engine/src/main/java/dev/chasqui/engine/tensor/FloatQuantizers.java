package dev.chasqui.engine.tensor;

import static dev.chasqui.engine.tensor.FloatDequantizers.INT;
import static dev.chasqui.engine.tensor.FloatDequantizers.SHORT;

import java.lang.foreign.MemorySegment;

/** Plain floating-point formats. */
final class FloatQuantizers {

  private FloatQuantizers() {}

  static void f32(float[] source, int from, int count, MemorySegment target, long offset) {
    for (int i = 0; i < count; i++) {
      target.set(INT, offset + 4L * i, Float.floatToRawIntBits(source[from + i]));
    }
  }

  /** To the nearest, ties to even; a NaN stays one (ggml-impl.h, ggml_compute_fp32_to_bf16). */
  static void bf16(float[] source, int from, int count, MemorySegment target, long offset) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(source[from + i]);
      int upper =
          Float.isNaN(source[from + i])
              ? bits >>> 16 | 64
              : bits + (0x7fff + (bits >>> 16 & 1)) >>> 16;
      target.set(SHORT, offset + 2L * i, (short) upper);
    }
  }
}
