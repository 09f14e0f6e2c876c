package dev.chasqui.engine.tensor;

import static dev.chasqui.engine.tensor.FloatDequantizers.SHORT;
import static dev.chasqui.engine.tensor.FloatDequantizers.half;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Formats of 256 values a block, in sub-blocks with scales of their own. Source: ggml-quants.c,
 * {@code dequantize_row_q*_K}; the layouts are those of ggml-common.h.
 */
final class KQuantDequantizers {

  private static final int BLOCK = 256;

  private KQuantDequantizers() {}

  /** 16 bytes of scale and minimum (4 bits each), 64 bytes of 2-bit values, f16 d, f16 dmin. */
  static void q2(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 84) {
      float d = half(source, offset + 80);
      float dmin = half(source, offset + 82);
      for (int sub = 0; sub < 16; sub++) {
        int scale = octet(source, offset + sub);
        float dl = d * (scale & 15);
        float ml = dmin * (scale >> 4);
        long values = offset + 16 + (sub / 8) * 32 + sub % 2 * 16;
        int shift = sub % 8 / 2 * 2;
        for (int j = 0; j < 16; j++) {
          target[at + i + sub * 16 + j] = dl * (octet(source, values + j) >> shift & 3) - ml;
        }
      }
    }
  }

  /** 32 bytes of high bits, 64 bytes of 2-bit values, 12 bytes of 6-bit scales, f16 d. */
  static void q3(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 110) {
      float d = half(source, offset + 108);
      for (int sub = 0; sub < 16; sub++) {
        float dl = d * (scaleOfQ3(source, offset + 96, sub) - 32);
        long values = offset + 32 + (sub / 8) * 32 + sub % 2 * 16;
        int shift = sub % 8 / 2 * 2;
        for (int j = 0; j < 16; j++) {
          int high = octet(source, offset + sub % 2 * 16 + j) >> sub / 2 & 1;
          int low = octet(source, values + j) >> shift & 3;
          target[at + i + sub * 16 + j] = dl * (low - (high == 0 ? 4 : 0));
        }
      }
    }
  }

  /** Low 4 bits of 16 scales in 8 bytes of nibbles, then their high 2 bits in 4 bytes. */
  private static int scaleOfQ3(MemorySegment source, long offset, int sub) {
    int low = octet(source, offset + sub % 8) >> sub / 8 * 4 & 15;
    int high = octet(source, offset + 8 + sub % 4) >> sub / 4 * 2 & 3;
    return low | high << 4;
  }

  /** f16 d, f16 dmin, 12 bytes of 6-bit scales and minima, 128 bytes of nibbles. */
  static void q4(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 144) {
      float d = half(source, offset);
      float dmin = half(source, offset + 2);
      for (int sub = 0; sub < 8; sub++) {
        float dl = d * scaleOfQ4(source, offset + 4, sub);
        float ml = dmin * minimumOfQ4(source, offset + 4, sub);
        long values = offset + 16 + sub / 2 * 32;
        int shift = sub % 2 * 4;
        for (int j = 0; j < 32; j++) {
          target[at + i + sub * 32 + j] = dl * (octet(source, values + j) >> shift & 15) - ml;
        }
      }
    }
  }

  /** As q4, with 32 bytes of high bits before the nibbles. */
  static void q5(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 176) {
      float d = half(source, offset);
      float dmin = half(source, offset + 2);
      for (int sub = 0; sub < 8; sub++) {
        float dl = d * scaleOfQ4(source, offset + 4, sub);
        float ml = dmin * minimumOfQ4(source, offset + 4, sub);
        long values = offset + 48 + sub / 2 * 32;
        int shift = sub % 2 * 4;
        for (int j = 0; j < 32; j++) {
          int high = octet(source, offset + 16 + j) >> sub & 1;
          int low = octet(source, values + j) >> shift & 15;
          target[at + i + sub * 32 + j] = dl * (low + high * 16) - ml;
        }
      }
    }
  }

  /** ggml's {@code get_scale_min_k4}: the last four borrow their high bits from the first. */
  private static int scaleOfQ4(MemorySegment source, long offset, int sub) {
    return sub < 4
        ? octet(source, offset + sub) & 63
        : octet(source, offset + sub + 4) & 15 | octet(source, offset + sub - 4) >> 6 << 4;
  }

  private static int minimumOfQ4(MemorySegment source, long offset, int sub) {
    return sub < 4
        ? octet(source, offset + sub + 4) & 63
        : octet(source, offset + sub + 4) >> 4 | octet(source, offset + sub) >> 6 << 4;
  }

  /** 128 bytes of low nibbles, 64 bytes of 2 high bits, 16 signed scales, f16 d. */
  static void q6(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i += BLOCK, offset += 210) {
      float d = half(source, offset + 208);
      for (int sub = 0; sub < 16; sub++) {
        float dl = d * source.get(ValueLayout.JAVA_BYTE, offset + 192 + sub);
        int quarter = sub % 8 / 2;
        long low = offset + sub / 8 * 64 + quarter % 2 * 32 + sub % 2 * 16;
        long high = offset + 128 + sub / 8 * 32 + sub % 2 * 16;
        for (int j = 0; j < 16; j++) {
          int nibble = octet(source, low + j) >> quarter / 2 * 4 & 15;
          int bits = octet(source, high + j) >> quarter * 2 & 3;
          target[at + i + sub * 16 + j] = dl * ((nibble | bits << 4) - 32);
        }
      }
    }
  }

  static int octet(MemorySegment source, long offset) {
    return Byte.toUnsignedInt(source.get(ValueLayout.JAVA_BYTE, offset));
  }

  /** Reads 16 unsigned bits. */
  static int pair(MemorySegment source, long offset) {
    return Short.toUnsignedInt(source.get(SHORT, offset));
  }
}
