package dev.chasqui.engine.tensor;

import static dev.chasqui.engine.tensor.FloatDequantizers.half;
import static dev.chasqui.engine.tensor.KQuantDequantizers.octet;
import static dev.chasqui.engine.tensor.KQuantDequantizers.pair;

import java.lang.foreign.MemorySegment;

/**
 * Formats whose nibbles index a table of levels. Source: ggml-quants.c, {@code
 * dequantize_row_iq4_*}.
 */
final class TableDequantizers {

  /** ggml-common.h, {@code kvalues_iq4nl}. */
  private static final byte[] LEVELS = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private TableDequantizers() {}

  /** f16 d, 16 bytes of nibbles. */
  static void iq4Nl(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += 32, offset += 18) {
      levels(source, offset + 2, half(source, offset), target, at + i);
    }
  }

  /** f16 d, high 2 bits of 8 scales, low 4 bits of 8 scales, 8 times 16 bytes of nibbles. */
  static void iq4Xs(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += 256, offset += 136) {
      float d = half(source, offset);
      for (int sub = 0; sub < 8; sub++) {
        int low = octet(source, offset + 4 + sub / 2) >> sub % 2 * 4 & 15;
        int high = pair(source, offset + 2) >> sub * 2 & 3;
        float dl = d * ((low | high << 4) - 32);
        levels(source, offset + 8 + sub * 16, dl, target, at + i + sub * 32);
      }
    }
  }

  private static void levels(MemorySegment source, long offset, float d, float[] target, int at) {
    for (int j = 0; j < 16; j++) {
      int nibbles = octet(source, offset + j);
      target[at + j] = d * LEVELS[nibbles & 15];
      target[at + j + 16] = d * LEVELS[nibbles >> 4];
    }
  }
}
