package dev.chasqui.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every implementation of {@link Kernels} must do, held against double-precision formulas.
 * Attention has a contract of its own: {@link AttentionContract}.
 */
public abstract class KernelsContract {

  private static final float NOT_WRITTEN = 12345.25f;

  private Kernels kernels;

  /** Returns the kernels to test; the contract closes them. */
  protected abstract Kernels kernels();

  /**
   * Returns by how much an activation may be rounded before it is multiplied, as a share of the
   * greatest of its row: 0 for float32 arithmetic, 1/254 for int8.
   */
  protected double activationRounding() {
    return 0;
  }

  /** Returns which dtypes can be projected; default: all. */
  protected List<Dtype> dtypes() {
    return List.of(Dtype.values());
  }

  @BeforeEach
  void open() {
    kernels = kernels();
  }

  @AfterEach
  void close() {
    kernels.close();
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void projectsEveryDtypeAtOddSizes(Dtype dtype) {
    org.assertj.core.api.Assumptions.assumeThat(dtypes()).contains(dtype);
    for (int rows : new int[] {1, 2, 3, 5, 17}) {
      for (int outputs : new int[] {1, 7, 16, 33}) {
        for (int blocks : new int[] {1, 3, 18}) {
          int inputs = dtype.blockSize() == 1 ? 7 * blocks : dtype.blockSize() * blocks;
          Tensor weight = RandomTensors.of(dtype, outputs, inputs, rows + outputs);
          checkProjection(randomRows(rows, inputs, blocks), List.of(weight));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F32", "F16", "BF16", "Q8_0"})
  void addsLowRankChangesToSomeRows(Dtype dtype) {
    org.assertj.core.api.Assumptions.assumeThat(runsAdapters()).isTrue();
    int inputs = dtype.blockSize() == 1 ? 45 : 2 * dtype.blockSize();
    for (int rank : dtype.blockSize() == 1 ? new int[] {1, 3, 8, 40} : new int[] {32}) {
      List<LowRank> terms =
          List.of(lowRank(dtype, 33, rank, inputs, 0.5f), lowRank(dtype, 7, rank, inputs, 1.75f));
      checkLowRank(terms, randomRows(19, inputs, rank), new RowSet(18));
      checkLowRank(terms, randomRows(19, inputs, rank), new RowSet(0, 3, 4, 9, 17));
      checkLowRank(
          terms, randomRows(11, inputs, rank), new RowSet(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    }
  }

  @Test
  void changesARowAloneAsInCompany() {
    org.assertj.core.api.Assumptions.assumeThat(runsAdapters()).isTrue();
    List<LowRank> terms = List.of(lowRank(Dtype.F16, 70, 16, 96, 2));
    Kernels.PreparedLowRank prepared = kernels.prepareLowRank(terms);
    Activation in = randomRows(21, 96, 5);
    Activation together = randomRows(21, 70, 6);
    Activation alone = randomRows(21, 70, 6);
    int[] all = java.util.stream.IntStream.range(0, 21).toArray();
    kernels.addLowRank(prepared, in, new RowSet(all), List.of(together));
    for (int row : all) {
      kernels.addLowRank(prepared, in, new RowSet(row), List.of(alone));
    }
    assertThat(alone.toArray()).containsExactly(together.toArray());
  }

  /** Returns whether the kernels compute adapters; default: they do. */
  protected boolean runsAdapters() {
    return true;
  }

  private static LowRank lowRank(Dtype dtype, int outputs, int rank, int inputs, float scale) {
    return new LowRank(
        RandomTensors.of(dtype, rank, inputs, outputs),
        RandomTensors.of(dtype, outputs, rank, inputs),
        scale);
  }

  private void checkLowRank(List<LowRank> terms, Activation in, RowSet rows) {
    List<Activation> outs = new ArrayList<>();
    List<double[]> expected = new ArrayList<>();
    for (LowRank term : terms) {
      Activation out = randomRows(in.rows(), term.up().rows(), 3);
      outs.add(out);
      expected.add(changed(term, in, rows, out));
    }
    kernels.addLowRank(kernels.prepareLowRank(terms), in, rows, outs);
    for (int i = 0; i < outs.size(); i++) {
      float[] actual = outs.get(i).toArray();
      for (int j = 0; j < actual.length; j++) {
        double wanted = expected.get(i)[j];
        assertThat((double) actual[j]).isCloseTo(wanted, within(2e-4 * (1 + Math.abs(wanted))));
      }
    }
  }

  private static double[] changed(LowRank term, Activation in, RowSet rows, Activation out) {
    float[] down = term.down().toFloats();
    float[] up = term.up().toFloats();
    double[] sums = new double[out.rows() * out.width()];
    Arrays.setAll(sums, i -> out.values()[i]);
    for (int i = 0; i < rows.size(); i++) {
      for (int r = 0; r < term.rank(); r++) {
        double between = 0;
        for (int k = 0; k < in.width(); k++) {
          between += (double) in.values()[rows.row(i) * in.width() + k] * down[r * in.width() + k];
        }
        for (int n = 0; n < out.width(); n++) {
          sums[rows.row(i) * out.width() + n] += term.scale() * between * up[n * term.rank() + r];
        }
      }
    }
    return sums;
  }

  @Test
  void projectsMatricesOfDifferentSizesAndDtypesAtOnce() {
    List<Tensor> weights =
        List.of(
            RandomTensors.of(Dtype.Q8_0, 24, 96, 1),
            RandomTensors.of(Dtype.Q4_0, 9, 96, 2),
            RandomTensors.of(Dtype.F32, 5, 96, 3));
    checkProjection(randomRows(4, 96, 4), weights);
  }

  @Test
  void projectsMatricesOfOneDtypeAtOnce() {
    List<Tensor> weights =
        List.of(
            RandomTensors.of(Dtype.Q4_1, 50, 576, 1),
            RandomTensors.of(Dtype.Q4_1, 19, 576, 2),
            RandomTensors.of(Dtype.Q4_1, 19, 576, 3));
    checkProjection(randomRows(9, 576, 4), weights);
  }

  @Test
  void projectsALargeMatrix() {
    checkProjection(randomRows(3, 2048, 4), List.of(RandomTensors.of(Dtype.Q8_0, 1000, 2048, 1)));
  }

  @ParameterizedTest
  @MethodSource("magnitudes")
  void projectsRowsOfAnyMagnitude(float magnitude) {
    Activation in = randomRows(3, 64, 1);
    for (int i = 0; i < 64; i++) {
      in.values()[64 + i] *= magnitude;
    }
    checkProjection(in, List.of(RandomTensors.of(Dtype.Q8_0, 10, 64, 1)));
  }

  static Stream<Float> magnitudes() {
    return Stream.of(0f, 1e-20f, 1e-4f, 1e4f);
  }

  @Test
  void projectsEachRowAsIfItWereAlone() {
    Tensor weight = RandomTensors.of(Dtype.Q4_1, 48, 576, 1);
    Kernels.Prepared prepared = kernels.prepare(List.of(weight));
    Activation together = randomRows(19, 576, 2);
    Activation all = new Activation(19, 48);
    kernels.project(prepared, together, List.of(all));
    for (int row = 0; row < 19; row++) {
      Activation alone = new Activation(1, 576);
      System.arraycopy(together.values(), row * 576, alone.values(), 0, 576);
      Activation out = new Activation(1, 48);
      kernels.project(prepared, alone, List.of(out));
      assertSameRow(out.toArray(), Arrays.copyOfRange(all.values(), row * 48, row * 48 + 48));
    }
  }

  /**
   * Bit for bit; a backend whose kernels differ by batch size may say how far they may lie apart.
   */
  protected void assertSameRow(float[] alone, float[] inCompany) {
    assertThat(inCompany).containsExactly(alone);
  }

  private void checkProjection(Activation in, List<Tensor> weights) {
    List<Activation> outs = new ArrayList<>();
    for (Tensor weight : weights) {
      outs.add(dirty(in.rows(), weight.rows()));
    }
    kernels.project(kernels.prepare(weights), in, outs);
    for (int i = 0; i < weights.size(); i++) {
      checkProduct(in, weights.get(i), outs.get(i));
    }
  }

  private void checkProduct(Activation in, Tensor weight, Activation out) {
    float[] w = weight.toFloats();
    int inputs = weight.columns();
    int outputs = weight.rows();
    for (int row = 0; row < in.rows(); row++) {
      for (int n = 0; n < outputs; n++) {
        double sum = 0;
        double sumOfMagnitudes = 0;
        double squares = 0;
        double greatest = 0;
        for (int k = 0; k < inputs; k++) {
          double x = in.values()[row * inputs + k];
          double product = x * w[n * inputs + k];
          sum += product;
          sumOfMagnitudes += Math.abs(product);
          squares += (double) w[n * inputs + k] * w[n * inputs + k];
          greatest = Math.max(greatest, Math.abs(x));
        }
        double rounding = 4 * activationRounding() * greatest * Math.sqrt(squares);
        double limit = sumOfMagnitudes * 2e-6 + rounding + Float.MIN_NORMAL;
        assertThat((double) out.values()[row * outputs + n])
            .as("%s [%d, %d] row %d output %d", weight.dtype(), outputs, inputs, row, n)
            .isCloseTo(sum, within(limit));
      }
    }
    assertBeyondIsUntouched(out);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void normalisesRows(int width) {
    Activation in = randomRows(5, width, width);
    float[] gain = randomRows(1, width, 9).toArray();
    Activation out = dirty(5, width);
    kernels.rmsNorm(in, gain, 1e-5f, out);
    for (int row = 0; row < 5; row++) {
      double squares = 0;
      for (int i = 0; i < width; i++) {
        squares += Math.pow(in.values()[row * width + i], 2);
      }
      double factor = 1 / Math.sqrt(squares / width + 1e-5f);
      for (int i = 0; i < width; i++) {
        int at = row * width + i;
        assertClose(out.values()[at], in.values()[at] * factor * gain[i], 1e-5);
      }
    }
    assertBeyondIsUntouched(out);
  }

  static Stream<Integer> widths() {
    return Stream.of(1, 3, 15, 16, 17, 64, 100, 576);
  }

  @Test
  void normalisesInPlaceAndKeepsZeros() {
    Activation rows = randomRows(2, 37, 1);
    Arrays.fill(rows.values(), 0, 37, 0);
    float[] gain = new float[37];
    Arrays.fill(gain, 1);
    Activation expected = new Activation(2, 37);
    kernels.rmsNorm(rows, gain, 1e-5f, expected);
    kernels.rmsNorm(rows, gain, 1e-5f, rows);
    assertThat(rows.toArray()).containsExactly(expected.toArray());
    assertThat(Arrays.copyOf(rows.values(), 37)).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(Rotation.Pairing.class)
  void rotatesPairsOfEveryHeadByThePosition(Rotation.Pairing pairing) {
    for (int pairs : new int[] {1, 4, 8, 13, 32}) {
      checkRotation(pairing, pairs, 2 * pairs);
      checkRotation(pairing, pairs, 2 * pairs + 6);
    }
  }

  private void checkRotation(Rotation.Pairing pairing, int pairs, int headSize) {
    float[] frequencies = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      frequencies[i] = (float) Math.pow(10000, -(double) i / pairs);
    }
    Rotation rotation = new Rotation(headSize, frequencies, 1.25f, pairing);
    Angles angles = new Angles(rotation);
    List<Slice> slices = List.of(new Slice(0, 2, 7, new int[1]), new Slice(2, 3, 1000, new int[1]));
    Step step = new Step(new int[5], slices, new int[0]);
    angles.prepare(step);
    Activation heads = randomRows(5, 3 * headSize, pairs);
    float[] before = heads.toArray();
    kernels.rotate(heads, angles);
    int[] positions = {7, 8, 1000, 1001, 1002};
    for (int head = 0; head < 15; head++) {
      for (int i = 0; i < headSize; i++) {
        double expected = rotated(before, head * headSize, i, positions[head / 3], rotation);
        assertClose(heads.values()[head * headSize + i], expected, 1e-5);
      }
    }
  }

  private static double rotated(float[] before, int head, int i, int position, Rotation rotation) {
    int pairs = rotation.pairs();
    if (i >= 2 * pairs) {
      return before[head + i];
    }
    boolean interleaved = rotation.pairing() == Rotation.Pairing.INTERLEAVED;
    int pair = interleaved ? i / 2 : i % pairs;
    boolean first = interleaved ? i % 2 == 0 : i < pairs;
    int partner = interleaved ? i ^ 1 : (i + pairs) % (2 * pairs);
    double angle = position * rotation.inverseFrequencies()[pair];
    double turned =
        first
            ? before[head + i] * Math.cos(angle) - before[head + partner] * Math.sin(angle)
            : before[head + partner] * Math.sin(angle) + before[head + i] * Math.cos(angle);
    return turned * rotation.amplitude();
  }

  @ParameterizedTest
  @MethodSource("widths")
  void gatesWithSwish(int width) {
    Activation gate = randomRows(3, width, 1);
    Activation up = randomRows(3, width, 2);
    for (int i = 0; i < gate.values().length; i++) {
      gate.values()[i] *= 8;
    }
    gate.values()[0] = -100;
    gate.values()[width] = 100;
    gate.values()[2 * width] = -1e30f;
    Activation out = dirty(3, width);
    kernels.swiGlu(gate, up, out);
    for (int i = 0; i < 3 * width; i++) {
      double x = gate.values()[i];
      assertClose(out.values()[i], x / (1 + Math.exp(-x)) * up.values()[i], 2e-6);
    }
    assertBeyondIsUntouched(out);
    float[] expected = out.toArray();
    kernels.swiGlu(gate, up, gate);
    assertThat(gate.toArray()).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void addsRows(int width) {
    Activation to = dirty(3, width);
    Activation term = randomRows(3, width, 2);
    kernels.add(term, to);
    for (int i = 0; i < 3 * width; i++) {
      assertThat(to.values()[i]).isEqualTo(NOT_WRITTEN + term.values()[i]);
    }
    assertBeyondIsUntouched(to);
  }

  private static void assertClose(float actual, double expected, double relative) {
    assertThat((double) actual)
        .isCloseTo(expected, within(relative * Math.max(1, Math.abs(expected))));
  }

  /** An activation whose array is longer than its rows, full of values that must not be used. */
  private static Activation dirty(int rows, int width) {
    Activation activation = new Activation(rows + 2, width);
    Arrays.fill(activation.values(), NOT_WRITTEN);
    activation.resize(rows);
    return activation;
  }

  private static void assertBeyondIsUntouched(Activation activation) {
    float[] all = activation.values();
    float[] beyond = Arrays.copyOfRange(all, activation.rows() * activation.width(), all.length);
    assertThat(beyond).as("values behind the last row").containsOnly(NOT_WRITTEN);
  }

  private static Activation randomRows(int rows, int width, long seed) {
    Activation activation = new Activation(rows, width);
    Random random = new Random(seed);
    for (int i = 0; i < rows * width; i++) {
      activation.values()[i] = (float) random.nextGaussian();
    }
    return activation;
  }
}
