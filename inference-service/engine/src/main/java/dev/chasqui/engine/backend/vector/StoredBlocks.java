package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.tensor.Dtype;

/**
 * Reads the blocks of 32 values that checkpoints hold as unsigned numbers q with value = scale * q
 * + minimum. Layouts: ggml-common.h.
 */
final class StoredBlocks {

  private static final int HALF = Packing.BLOCK / 2;

  private StoredBlocks() {}

  /** Returns scale (low) and minimum (high) as f16; the minimum of a signed format is exact. */
  static int factors(Dtype dtype, byte[] row, int at) {
    int scale = half(row, at);
    int minimum =
        switch (dtype) {
          case Q4_1, Q5_1 -> half(row, at + 2);
          case Q4_0 -> times(scale, -8);
          case Q5_0 -> times(scale, -16);
          case Q8_0 -> times(scale, -128);
          default -> throw new IllegalArgumentException(dtype + " is not packed in blocks");
        };
    return scale | minimum << 16;
  }

  /** Returns 16 bits, little endian. */
  static int half(byte[] row, int at) {
    return row[at] & 0xff | (row[at + 1] & 0xff) << 8;
  }

  /** A power of two times an f16; infinite where it does not fit. */
  private static short times(int half, int power) {
    return Float.floatToFloat16(Float.float16ToFloat((short) half) * power);
  }

  /** Reads the 32 unsigned numbers of a block. */
  static void read(Dtype dtype, byte[] row, int at, int[] quants) {
    switch (dtype) {
      case Q8_0 -> readBytes(row, at + 2, quants);
      case Q4_0 -> readNibbles(row, at + 2, quants);
      case Q4_1 -> readNibbles(row, at + 4, quants);
      case Q5_0 -> readFiveBits(row, at + 2, quants);
      case Q5_1 -> readFiveBits(row, at + 4, quants);
      default -> throw new IllegalArgumentException(dtype + " is not packed in blocks");
    }
  }

  private static void readBytes(byte[] row, int at, int[] quants) {
    for (int i = 0; i < Packing.BLOCK; i++) {
      quants[i] = row[at + i] + 128;
    }
  }

  private static void readNibbles(byte[] row, int at, int[] quants) {
    for (int i = 0; i < HALF; i++) {
      quants[i] = row[at + i] & 15;
      quants[i + HALF] = row[at + i] >> 4 & 15;
    }
  }

  private static void readFiveBits(byte[] row, int at, int[] quants) {
    int high = half(row, at) | half(row, at + 2) << 16;
    readNibbles(row, at + 4, quants);
    for (int i = 0; i < Packing.BLOCK; i++) {
      quants[i] |= (high >> i & 1) << 4;
    }
  }
}
