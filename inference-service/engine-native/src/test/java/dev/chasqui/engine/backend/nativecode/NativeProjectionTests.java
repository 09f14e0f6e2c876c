package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of every dtype on every variant of this CPU. */
class NativeProjectionTests {

  @BeforeEach
  void needLibrary() {
    Library.variants();
  }

  static Stream<Arguments> variantsAndDtypes() {
    return Library.each()
        .flatMap(variant -> Arrays.stream(Dtype.values()).map(d -> Arguments.of(variant, d)));
  }

  @ParameterizedTest
  @MethodSource("variantsAndDtypes")
  void projectsEveryDtypeAtOddSizes(CpuVariant variant, Dtype dtype) {
    for (int outputs : new int[] {1, 7, 16, 33, 85}) {
      for (int blocks : new int[] {1, 3, 18}) {
        int inputs = dtype.blockSize() == 1 ? 7 * blocks : dtype.blockSize() * blocks;
        Tensor table = RandomTensors.of(Dtype.F32, 23, inputs, blocks);
        Tensor matrix = RandomTensors.of(dtype, outputs, inputs, outputs + blocks);
        for (int rows : new int[] {1, 2, 5, 8, 23}) {
          check(variant, table, List.of(matrix), rows);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void projectsMatricesOfDifferentDtypesAtOnce(CpuVariant variant) {
    Tensor table = RandomTensors.of(Dtype.F32, 9, 96, 1);
    List<Tensor> matrices =
        List.of(
            RandomTensors.of(Dtype.Q4_0, 24, 96, 2),
            RandomTensors.of(Dtype.F32, 5, 96, 3),
            RandomTensors.of(Dtype.Q8_0, 19, 96, 4));
    for (Tensor last : matrices) {
      List<Tensor> order =
          Stream.concat(matrices.stream().filter(m -> m != last), Stream.of(last)).toList();
      check(variant, table, order, 9);
    }
  }

  @ParameterizedTest
  @MethodSource("variantsAndDtypes")
  void projectsEachRowAsIfItWereAlone(CpuVariant variant, Dtype dtype) {
    int inputs = 2 * Math.max(dtype.blockSize(), 32);
    Tensor table = RandomTensors.of(Dtype.F32, 19, inputs, 1);
    Tensor matrix = RandomTensors.of(dtype, 48, inputs, 2);
    Map<String, Tensor> weights = ProgramContract.byName(table, List.of(matrix));
    Program program = ProgramContract.projecting(table, List.of(matrix));
    float[] together = ProgramContract.run(Library.backend(variant, 2), program, weights, 19);
    for (int rows = 1; rows < 19; rows++) {
      float[] fewer = ProgramContract.run(Library.backend(variant, 2), program, weights, rows);
      assertThat(fewer).containsExactly(Arrays.copyOf(together, fewer.length));
    }
  }

  private static void check(CpuVariant variant, Tensor table, List<Tensor> matrices, int rows) {
    Map<String, Tensor> weights = ProgramContract.byName(table, matrices);
    Program program = ProgramContract.projecting(table, matrices);
    float[] expected = ProgramContract.run(ProgramContract.scalar(), program, weights, rows);
    float[] actual = ProgramContract.run(Library.backend(variant, 2), program, weights, rows);
    ProgramContract.assertClose(actual, expected, limit(table, matrices.getLast()));
  }

  /**
   * By how much rounding to int8 may move a sum: each product by 1/254 of the greatest activation
   * of its block, at random.
   */
  private static double limit(Tensor table, Tensor matrix) {
    double greatest = greatest(table.toFloats());
    double weight = greatest(matrix.toFloats());
    double ofFloats = 2e-6 * greatest * weight * matrix.columns();
    boolean rounds = StoredType.of(matrix.dtype()).map(StoredType::quantised).orElse(true);
    double shares = StoredType.of(matrix.dtype()).isPresent() ? 1 : 2; // weights are rounded too
    return rounds
        ? ofFloats + shares * 2.5 / 254 * greatest * weight * Math.sqrt(matrix.columns())
        : ofFloats;
  }

  private static double greatest(float[] values) {
    double greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }
}
