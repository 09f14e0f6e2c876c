package dev.chasqui.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Tensors of any dtype with random bit patterns and sane scales. */
public final class RandomTensors {

  private RandomTensors() {}

  public static Tensor of(Dtype dtype, int rows, int columns, long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[Math.toIntExact(rows * dtype.bytes(columns))];
    random.nextBytes(bytes);
    for (int block = 0; block < bytes.length; block += dtype.bytesPerBlock()) {
      setScales(dtype, bytes, block, random);
    }
    return new Tensor(
        dtype + "-" + seed, dtype, new long[] {rows, columns}, MemorySegment.ofArray(bytes));
  }

  /** Replaces what would else be NaN or huge. */
  private static void setScales(Dtype dtype, byte[] bytes, int at, Random random) {
    switch (dtype) {
      case F32 -> putInt(bytes, at, Float.floatToRawIntBits((float) random.nextGaussian()));
      case F16 -> putHalf(bytes, at, (float) random.nextGaussian());
      case BF16 ->
          putShort(bytes, at, Float.floatToRawIntBits((float) random.nextGaussian()) >> 16);
      case Q8_0, Q4_0, Q5_0, IQ4_NL, IQ4_XS -> putHalf(bytes, at, scale(random));
      case Q4_1, Q5_1, Q4_K, Q5_K -> {
        putHalf(bytes, at, scale(random));
        putHalf(bytes, at + 2, -scale(random));
      }
      case Q2_K -> {
        putHalf(bytes, at + 80, scale(random));
        putHalf(bytes, at + 82, scale(random));
      }
      case Q3_K -> putHalf(bytes, at + 108, scale(random));
      case Q6_K -> putHalf(bytes, at + 208, scale(random));
    }
  }

  private static float scale(Random random) {
    return 0.001f + 0.01f * random.nextFloat();
  }

  private static void putHalf(byte[] bytes, int at, float value) {
    putShort(bytes, at, Float.floatToFloat16(value));
  }

  private static void putShort(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >> 8);
  }

  private static void putInt(byte[] bytes, int at, int value) {
    putShort(bytes, at, value);
    putShort(bytes, at + 2, value >> 16);
  }
}
