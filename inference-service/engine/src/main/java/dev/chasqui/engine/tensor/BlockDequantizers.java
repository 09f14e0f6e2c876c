package dev.chasqui.engine.tensor;

import static dev.chasqui.engine.tensor.FloatDequantizers.INT;
import static dev.chasqui.engine.tensor.FloatDequantizers.half;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Formats of 32 values a block. Of byte i of the nibbles the low half is value i, the high half
 * value i + 16. Source: ggml-quants.c, {@code dequantize_row_q*}.
 */
final class BlockDequantizers {

  private static final int BLOCK = 32;
  private static final int HALF = BLOCK / 2;

  private BlockDequantizers() {}

  static void q8Zero(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 34) {
      float d = half(source, offset);
      for (int j = 0; j < BLOCK; j++) {
        target[at + i + j] = d * source.get(ValueLayout.JAVA_BYTE, offset + 2 + j);
      }
    }
  }

  static void q4Zero(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 18) {
      float d = half(source, offset);
      for (int j = 0; j < HALF; j++) {
        int nibbles = source.get(ValueLayout.JAVA_BYTE, offset + 2 + j);
        target[at + i + j] = d * ((nibbles & 15) - 8);
        target[at + i + j + HALF] = d * ((nibbles >> 4 & 15) - 8);
      }
    }
  }

  static void q4One(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 20) {
      float d = half(source, offset);
      float m = half(source, offset + 2);
      for (int j = 0; j < HALF; j++) {
        int nibbles = source.get(ValueLayout.JAVA_BYTE, offset + 4 + j);
        target[at + i + j] = d * (nibbles & 15) + m;
        target[at + i + j + HALF] = d * (nibbles >> 4 & 15) + m;
      }
    }
  }

  static void q5Zero(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 22) {
      float d = half(source, offset);
      int high = source.get(INT, offset + 2);
      for (int j = 0; j < HALF; j++) {
        int nibbles = source.get(ValueLayout.JAVA_BYTE, offset + 6 + j);
        target[at + i + j] = d * ((nibbles & 15 | (high >> j & 1) << 4) - 16);
        target[at + i + j + HALF] = d * ((nibbles >> 4 & 15 | (high >> j + HALF & 1) << 4) - 16);
      }
    }
  }

  static void q5One(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 24) {
      float d = half(source, offset);
      float m = half(source, offset + 2);
      int high = source.get(INT, offset + 4);
      for (int j = 0; j < HALF; j++) {
        int nibbles = source.get(ValueLayout.JAVA_BYTE, offset + 8 + j);
        target[at + i + j] = d * (nibbles & 15 | (high >> j & 1) << 4) + m;
        target[at + i + j + HALF] = d * (nibbles >> 4 & 15 | (high >> j + HALF & 1) << 4) + m;
      }
    }
  }
}
