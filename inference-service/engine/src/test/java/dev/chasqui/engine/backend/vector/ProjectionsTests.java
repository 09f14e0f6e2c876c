package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionsTests {

  private final VectorKernels kernels = new VectorKernels(3);

  @AfterEach
  void close() {
    kernels.close();
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 37, 19",
    "F32, 16, 1",
    "F32, 1, 33",
    "F32, 64, 1100",
    "F16, 37, 19",
    "F16, 48, 64",
    "F16, 20, 1027",
    "BF16, 37, 19",
    "BF16, 48, 64",
    "BF16, 20, 1027",
    "Q8_0, 37, 64",
    "Q8_0, 64, 1120",
    "Q4_0, 37, 64",
    "Q4_1, 37, 64",
    "Q4_1, 100, 1056",
    "Q5_0, 37, 64",
    "Q5_1, 37, 64"
  })
  void addsDequantisedProductsInColumnOrder(Dtype dtype, int outputs, int inputs) {
    Tensor weights = RandomTensors.of(dtype, outputs, inputs, 1);
    for (int rows : new int[] {1, 2, 4, 5, 8, 9, 21}) {
      Activation in = activation(rows, inputs, rows);

      Activation out = project(weights, in);

      assertThat(out.toArray()).as(rows + " rows").isEqualTo(expected(weights, in));
    }
  }

  @Test
  void computesSeveralMatricesOfDifferentFormsAtOnce() {
    List<Tensor> weights =
        List.of(
            RandomTensors.of(Dtype.Q4_1, 64, 96, 1),
            RandomTensors.of(Dtype.F32, 5, 96, 2),
            RandomTensors.of(Dtype.Q8_0, 33, 96, 3));
    for (int rows : new int[] {1, 7}) {
      Activation in = activation(rows, 96, 4);
      List<Activation> outs = weights.stream().map(w -> new Activation(rows, w.rows())).toList();

      kernels.project(kernels.prepare(weights), in, outs);

      for (int i = 0; i < outs.size(); i++) {
        assertThat(outs.get(i).toArray()).isEqualTo(expected(weights.get(i), in));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 12})
  void showsNotANumberInItsOwnRowOnly(int rows) {
    Tensor weights = RandomTensors.of(Dtype.Q4_1, 40, 64, 1);
    Activation in = activation(rows, 64, 4);
    in.values()[64 * (rows - 1) + 5] = Float.NaN;

    float[] out = project(weights, in).toArray();

    for (int i = 0; i < out.length; i++) {
      assertThat(Float.isNaN(out[i])).isEqualTo(i / 40 == rows - 1);
    }
  }

  @Test
  void keepsWeightsThatAreNotFinite() {
    Tensor halves = RandomTensors.of(Dtype.F16, 20, 32, 1);
    halves.bytes().set(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * 32, Float.floatToFloat16(Float.NaN));
    Tensor bytes = RandomTensors.of(Dtype.Q8_0, 20, 32, 1);
    bytes.bytes().set(ValueLayout.JAVA_SHORT_UNALIGNED, 34, Float.floatToFloat16(1e9f));
    Activation in = activation(3, 32, 2);

    assertThat(project(halves, in).toArray()).isEqualTo(expected(halves, in));
    assertThat(project(bytes, in).toArray()).isEqualTo(expected(bytes, in));
  }

  @Test
  void leavesAStepWithoutLogitRowsAlone() {
    Activation out = project(RandomTensors.of(Dtype.F32, 20, 32, 1), new Activation(0, 32));

    assertThat(out.toArray()).isEmpty();
  }

  private Activation project(Tensor weights, Activation in) {
    Activation out = new Activation(in.rows(), weights.rows());
    Arrays.fill(out.values(), 99f);
    kernels.project(kernels.prepare(List.of(weights)), in, List.of(out));
    return out;
  }

  private static float[] expected(Tensor weights, Activation in) {
    float[] w = weights.toFloats();
    float[] out = new float[in.rows() * weights.rows()];
    for (int row = 0; row < in.rows(); row++) {
      for (int n = 0; n < weights.rows(); n++) {
        float sum = 0;
        for (int k = 0; k < in.width(); k++) {
          sum = Math.fma(w[n * in.width() + k], in.values()[row * in.width() + k], sum);
        }
        out[row * weights.rows() + n] = sum;
      }
    }
    return out;
  }

  private static Activation activation(int rows, int width, long seed) {
    Activation activation = new Activation(rows, width);
    float[] values = Gaussians.of(rows * width, seed);
    System.arraycopy(values, 0, activation.values(), 0, values.length);
    return activation;
  }

  @Test
  void readsTensorsOfMappedMemoryToo() {
    Tensor onHeap = RandomTensors.of(Dtype.Q4_0, 16, 32, 1);
    MemorySegment copy = Arena.ofAuto().allocate(onHeap.bytes().byteSize(), 1);
    copy.copyFrom(onHeap.bytes());
    Tensor offHeap = new Tensor("mapped", Dtype.Q4_0, new long[] {16, 32}, copy);
    Activation in = activation(1, 32, 2);

    assertThat(project(offHeap, in).toArray()).isEqualTo(project(onHeap, in).toArray());
  }
}
