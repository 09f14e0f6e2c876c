package dev.chasqui.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that are stored and read again. Whole files of llama.cpp are in GgufExportTests. */
class QuantizerTests {

  private static final int COUNT = 4096;

  /** Root mean square of the error over that of normally distributed values. */
  @ParameterizedTest
  @CsvSource({"F32, 0", "BF16, 0.002", "Q8_0, 0.007", "Q4_0, 0.09", "Q4_K, 0.075"})
  void losesNoMoreThanItsBits(Dtype dtype, double mostLost) {
    float[] values = normal(0.02f);
    assertThat(lost(values, roundTrip(values, dtype))).isLessThanOrEqualTo(mostLost);
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F32", "BF16", "Q8_0", "Q4_0", "Q4_K"})
  void keepsZeroesAndConstants(Dtype dtype) {
    for (float value : roundTrip(new float[COUNT], dtype)) {
      assertThat(value == 0).isTrue();
    }
    float[] constant = new float[COUNT];
    Arrays.fill(constant, 0.5f);
    assertThat(lost(constant, roundTrip(constant, dtype))).isLessThan(0.01);
  }

  @Test
  void roundsToTheNearestBrainFloatAndTiesToEven() {
    float[] values = {1f, 1.00390625f, 1.01171875f, Float.NaN, Float.NEGATIVE_INFINITY};
    MemorySegment bytes = MemorySegment.ofArray(new byte[2 * values.length]);
    Quantizer.of(Dtype.BF16).quantize(values, 0, values.length, bytes, 0);
    float[] read = new float[values.length];
    Dequantizer.of(Dtype.BF16).dequantize(bytes, 0, read, 0, read.length);
    assertThat(read).containsExactly(1f, 1f, 1.015625f, Float.NaN, Float.NEGATIVE_INFINITY);
  }

  @Test
  void refusesTypesThatAreOnlyRead() {
    assertThatThrownBy(() -> Quantizer.of(Dtype.Q6_K))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Q6_K can be read but not made");
  }

  private static float[] normal(float deviation) {
    Random random = new Random(7);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = deviation * (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] roundTrip(float[] values, Dtype dtype) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[(int) dtype.bytes(values.length)]);
    Quantizer.of(dtype).quantize(values, 0, values.length, bytes, 0);
    float[] read = new float[values.length];
    Dequantizer.of(dtype).dequantize(bytes, 0, read, 0, read.length);
    return read;
  }

  private static double lost(float[] values, float[] read) {
    double error = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      error += Math.pow(values[i] - read[i], 2);
      all += Math.pow(values[i], 2);
    }
    return Math.sqrt(error / all);
  }
}
