package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.tensor.Dtype;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads the blocks of 32 values that checkpoints hold as unsigned numbers q with value = scale * q
 * + minimum. Layouts: ggml-common.h.
 */
final class StoredBlocks {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int HALF = Packing.BLOCK / 2;

  private StoredBlocks() {}

  /** Returns scale (low) and minimum (high) as f16; the minimum of a signed format is exact. */
  static int factors(Dtype dtype, MemorySegment stored, long at) {
    int scale = stored.get(SHORT, at) & 0xffff;
    int minimum =
        switch (dtype) {
          case Q4_1, Q5_1 -> stored.get(SHORT, at + 2);
          case Q4_0 -> times(scale, -8);
          case Q5_0 -> times(scale, -16);
          case Q8_0 -> times(scale, -128);
          default -> throw new IllegalArgumentException(dtype + " is not packed in blocks");
        };
    return scale | minimum << 16;
  }

  /** A power of two times an f16; infinite where it does not fit. */
  private static short times(int half, int power) {
    return Float.floatToFloat16(Float.float16ToFloat((short) half) * power);
  }

  /** Reads the 32 unsigned numbers of a block. */
  static void read(Dtype dtype, MemorySegment stored, long at, int[] quants) {
    switch (dtype) {
      case Q8_0 -> readBytes(stored, at + 2, quants);
      case Q4_0 -> readNibbles(stored, at + 2, quants);
      case Q4_1 -> readNibbles(stored, at + 4, quants);
      case Q5_0 -> readFiveBits(stored, at + 2, quants);
      case Q5_1 -> readFiveBits(stored, at + 4, quants);
      default -> throw new IllegalArgumentException(dtype + " is not packed in blocks");
    }
  }

  private static void readBytes(MemorySegment stored, long at, int[] quants) {
    for (int i = 0; i < Packing.BLOCK; i++) {
      quants[i] = stored.get(ValueLayout.JAVA_BYTE, at + i) + 128;
    }
  }

  private static void readNibbles(MemorySegment stored, long at, int[] quants) {
    for (int i = 0; i < HALF; i++) {
      int nibbles = stored.get(ValueLayout.JAVA_BYTE, at + i);
      quants[i] = nibbles & 15;
      quants[i + HALF] = nibbles >> 4 & 15;
    }
  }

  private static void readFiveBits(MemorySegment stored, long at, int[] quants) {
    int high = stored.get(INT, at);
    readNibbles(stored, at + 4, quants);
    for (int i = 0; i < Packing.BLOCK; i++) {
      quants[i] |= (high >> i & 1) << 4;
    }
  }
}
