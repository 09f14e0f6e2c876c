package dev.chasqui.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Plain floating-point formats. */
final class FloatDequantizers {

  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private FloatDequantizers() {}

  static void f32(MemorySegment source, long offset, float[] target, int at, int count) {
    MemorySegment.copy(source, FLOAT, offset, target, at, count);
  }

  static void f16(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i++) {
      target[at + i] = half(source, offset + 2L * i);
    }
  }

  static void bf16(MemorySegment source, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i++) {
      target[at + i] = Float.intBitsToFloat(source.get(SHORT, offset + 2L * i) << 16);
    }
  }

  static float half(MemorySegment source, long offset) {
    return Float.float16ToFloat(source.get(SHORT, offset));
  }
}
