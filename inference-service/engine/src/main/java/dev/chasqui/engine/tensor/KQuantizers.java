package dev.chasqui.engine.tensor;

import static dev.chasqui.engine.tensor.FloatDequantizers.SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Formats of 256 values a block. Source: ggml-quants.c, {@code quantize_row_q4_K_ref}; sums are in
 * float32 and in its order, so that blocks come out with the same bits.
 */
final class KQuantizers {

  private static final int BLOCK = 256;
  private static final int SUBBLOCKS = 8;
  private static final int GREATEST_SCALE = 63;

  private KQuantizers() {}

  static void q4(float[] source, int from, int count, MemorySegment target, long offset) {
    SubblockFit fit = new SubblockFit();
    float[] scales = new float[SUBBLOCKS];
    float[] minima = new float[SUBBLOCKS];
    for (int i = from; i < from + count; i += BLOCK, offset += 144) {
      for (int sub = 0; sub < SUBBLOCKS; sub++) {
        fit.fit(source, i + sub * SubblockFit.VALUES);
        scales[sub] = fit.scale();
        minima[sub] = -fit.minimum();
      }
      float greatestScale = greatest(scales);
      float greatestMinimum = greatest(minima);
      MemorySegment block = target.asSlice(offset, 144);
      block.set(SHORT, 0, Float.floatToFloat16(greatestScale / GREATEST_SCALE));
      block.set(SHORT, 2, Float.floatToFloat16(greatestMinimum / GREATEST_SCALE));
      int[] levels = levels(scales, greatestScale);
      int[] lows = levels(minima, greatestMinimum);
      packScales(levels, lows, block);
      packValues(source, i, levels, lows, block);
    }
  }

  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }

  private static int[] levels(float[] values, float greatest) {
    float inverse = greatest > 0 ? GREATEST_SCALE / greatest : 0;
    int[] levels = new int[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.min(GREATEST_SCALE, (byte) Math.rint(inverse * values[i]) & 0xff);
    }
    return levels;
  }

  /** ggml's {@code get_scale_min_k4}: the last four lend their high bits to the first. */
  private static void packScales(int[] scales, int[] minima, MemorySegment block) {
    byte[] packed = new byte[12];
    for (int sub = 0; sub < SUBBLOCKS; sub++) {
      if (sub < 4) {
        packed[sub] = (byte) scales[sub];
        packed[sub + 4] = (byte) minima[sub];
      } else {
        packed[sub + 4] = (byte) (scales[sub] & 15 | (minima[sub] & 15) << 4);
        packed[sub - 4] |= (byte) (scales[sub] >> 4 << 6);
        packed[sub] |= (byte) (minima[sub] >> 4 << 6);
      }
    }
    MemorySegment.copy(packed, 0, block, ValueLayout.JAVA_BYTE, 4, packed.length);
  }

  private static void packValues(
      float[] source, int at, int[] scales, int[] minima, MemorySegment block) {
    float d = Float.float16ToFloat(block.get(SHORT, 0));
    float dmin = Float.float16ToFloat(block.get(SHORT, 2));
    for (int sub = 0; sub < SUBBLOCKS; sub += 2) {
      for (int j = 0; j < 32; j++) {
        int i = at + sub * 32 + j;
        int low = level(source[i], d * scales[sub], dmin * minima[sub]);
        int high = level(source[i + 32], d * scales[sub + 1], dmin * minima[sub + 1]);
        block.set(ValueLayout.JAVA_BYTE, 16 + sub / 2 * 32 + j, (byte) (low | high << 4));
      }
    }
  }

  private static int level(float value, float scale, float minimum) {
    return scale == 0 ? 0 : Math.clamp((long) Math.rint((value + minimum) / scale), 0, 15);
  }
}
