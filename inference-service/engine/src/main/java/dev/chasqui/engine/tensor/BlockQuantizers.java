package dev.chasqui.engine.tensor;

import static dev.chasqui.engine.tensor.FloatDequantizers.SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Formats of 32 values a block. Source: ggml-quants.c, {@code quantize_row_q*_ref}. */
final class BlockQuantizers {

  private static final int BLOCK = 32;
  private static final int HALF = BLOCK / 2;

  private BlockQuantizers() {}

  static void q8Zero(float[] source, int from, int count, MemorySegment target, long offset) {
    for (int i = from; i < from + count; i += BLOCK, offset += 34) {
      float greatest = 0;
      for (int j = 0; j < BLOCK; j++) {
        greatest = Math.max(greatest, Math.abs(source[i + j]));
      }
      float d = greatest / 127;
      float inverse = d == 0 ? 0 : 1 / d;
      target.set(SHORT, offset, Float.floatToFloat16(d));
      for (int j = 0; j < BLOCK; j++) {
        target.set(ValueLayout.JAVA_BYTE, offset + 2 + j, (byte) rounded(source[i + j] * inverse));
      }
    }
  }

  /** C's roundf: halves go away from zero. */
  private static int rounded(float value) {
    int magnitude = (int) (Math.abs(value) + 0.5f);
    return value < 0 ? -magnitude : magnitude;
  }

  /** The value of the greatest magnitude becomes -8, whatever its sign. */
  static void q4Zero(float[] source, int from, int count, MemorySegment target, long offset) {
    for (int i = from; i < from + count; i += BLOCK, offset += 18) {
      float d = farthest(source, i) / -8;
      float inverse = d == 0 ? 0 : 1 / d;
      target.set(SHORT, offset, Float.floatToFloat16(d));
      for (int j = 0; j < HALF; j++) {
        int low = Math.min(15, (int) (source[i + j] * inverse + 8.5f));
        int high = Math.min(15, (int) (source[i + HALF + j] * inverse + 8.5f));
        target.set(ValueLayout.JAVA_BYTE, offset + 2 + j, (byte) (low | high << 4));
      }
    }
  }

  private static float farthest(float[] source, int at) {
    float farthest = 0;
    for (int j = 0; j < BLOCK; j++) {
      if (Math.abs(source[at + j]) > Math.abs(farthest)) {
        farthest = source[at + j];
      }
    }
    return farthest;
  }
}
