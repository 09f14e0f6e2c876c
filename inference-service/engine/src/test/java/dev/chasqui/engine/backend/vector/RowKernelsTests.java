package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.Rotation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowKernelsTests {

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 33, 576})
  void normalisesARowToRootMeanSquareOne(int width) {
    float[] in = Gaussians.of(3 + width, 1);
    float[] gain = Gaussians.of(width, 2);
    float[] out = new float[in.length];

    RowKernels.rmsNorm(in, 3, gain, 1e-5f, out);

    double squares = 0;
    for (int i = 0; i < width; i++) {
      squares += in[3 + i] * (double) in[3 + i];
    }
    double root = Math.sqrt(squares / width + 1e-5);
    for (int i = 0; i < width; i++) {
      assertThat((double) out[3 + i]).isCloseTo(in[3 + i] / root * gain[i], within(1e-5));
    }
    assertThat(out[0]).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 33, 64})
  void gatesWithSilu(int count) {
    float[] gate = Gaussians.of(count + 8, 1);
    float[] up = Gaussians.of(count + 8, 2);
    float[] out = new float[count + 8];

    RowKernels.swiGlu(gate, up, out, 4, 4 + count);

    for (int i = 4; i < 4 + count; i++) {
      double expected = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
      assertThat((double) out[i]).isCloseTo(expected, within(1e-5));
    }
    assertThat(out[3]).isZero();
    assertThat(out[4 + count]).isZero();
  }

  @Test
  void gatesExtremeAndBrokenValues() {
    float[] gate = {100f, -100f, Float.NaN, 0f};
    float[] out = new float[4];

    RowKernels.swiGlu(gate, new float[] {1f, 1f, 1f, 1f}, out, 0, 4);

    assertThat(out[0]).isEqualTo(100f);
    assertThat(out[1]).isCloseTo(0f, within(1e-30f));
    assertThat(out[2]).isNaN();
    assertThat(out[3]).isZero();
  }

  @Test
  void addsOnlyTheRange() {
    float[] to = new float[50];
    float[] ones = new float[50];
    Arrays.fill(ones, 1f);

    RowKernels.add(ones, to, 5, 44);

    for (int i = 0; i < 50; i++) {
      assertThat(to[i]).isEqualTo(i >= 5 && i < 44 ? 1f : 0f);
    }
  }

  @Test
  void turnsNeighboursOrHalves() {
    float[] cosines = {0f, 1f};
    float[] sines = {1f, 0f};
    float[] neighbours = {1, 2, 3, 4, 5};
    float[] halves = neighbours.clone();
    float[] frequencies = {1f, 0f};

    RowKernels.rotate(
        neighbours,
        0,
        5,
        new Rotation(5, frequencies, 1f, Rotation.Pairing.INTERLEAVED),
        cosines,
        sines,
        0);
    RowKernels.rotate(
        halves, 0, 5, new Rotation(5, frequencies, 1f, Rotation.Pairing.HALVES), cosines, sines, 0);

    assertThat(neighbours).containsExactly(-2, 1, 3, 4, 5);
    assertThat(halves).containsExactly(-3, 2, 1, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 40})
  void weighsScoresByTheirExponentials(int count) {
    float[] scores = new float[4 + 48];
    Arrays.fill(scores, Float.NaN);
    float[] given = Gaussians.of(count, 1);
    System.arraycopy(given, 0, scores, 4, count);

    float total = RowKernels.exponentials(scores, 4, count, 0.5f);

    double expected = 0;
    double greatest = Float.NEGATIVE_INFINITY;
    for (float score : given) {
      greatest = Math.max(greatest, score);
    }
    for (int i = 0; i < count; i++) {
      double weight = Math.exp((given[i] - greatest) * 0.5);
      expected += weight;
      assertThat((double) scores[4 + i]).isCloseTo(weight, within(1e-6));
    }
    assertThat((double) total).isCloseTo(expected, within(1e-5));
  }
}
