package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.backend.scalar.ScalarBackendProvider;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products of every dtype, through the whole backend, against the scalar one. */
class CudaProjectionTests {

  private static final KvShape KV = new KvShape(8, 8);

  /** A value that is quantised anew as Q8_0 moves by 1/254 of its block's greatest. */
  private static final double REPACKED = 2.5 / 254;

  /** Float32 activations meet weights as exact as they are stored; sums are float32. */
  private static final double OF_FLOATS = 2e-6;

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void projectsEveryDtypeAtOddSizes(Dtype dtype) {
    Backend cuda = Device.backend();
    Backend scalar = new ScalarBackendProvider().create(1);
    for (int outputs : new int[] {1, 7, 33}) {
      int inputs = dtype.blockSize() == 1 ? 21 : 3 * dtype.blockSize();
      Tensor table = RandomTensors.of(Dtype.F32, 23, inputs, 3);
      Tensor matrix = RandomTensors.of(dtype, outputs, inputs, outputs);
      for (int rows : new int[] {1, 5, 23}) {
        float[] expected = run(scalar, table, matrix, rows);
        double limit = limit(table, matrix);
        assertThat(run(cuda, table, matrix, rows)).containsExactly(expected, within((float) limit));
      }
    }
  }

  private static double limit(Tensor table, Tensor matrix) {
    double size = greatest(table) * greatest(matrix);
    double repacked =
        StoredType.of(matrix.dtype()).isPresent() ? 0 : REPACKED * Math.sqrt(matrix.columns());
    return size * (OF_FLOATS * matrix.columns() + repacked);
  }

  private static double greatest(Tensor tensor) {
    double greatest = 0;
    for (float value : tensor.toFloats()) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }

  /** Rows of the table, times the matrix. */
  private static float[] run(Backend backend, Tensor table, Tensor matrix, int rows) {
    Slot in = new Slot("in", table.columns(), Slot.Rows.TOKENS);
    Slot taken = new Slot("taken", table.columns(), Slot.Rows.LOGITS);
    Slot out = new Slot("out", matrix.rows(), Slot.Rows.LOGITS);
    Program program =
        new Program(
            "projecting",
            List.of(
                new Op.Embed(weight("table", table), in),
                new Op.TakeLogitRows(in, taken),
                new Op.Project(taken, List.of(new Op.Projection(weight("matrix", matrix), out)))),
            out,
            0,
            new AttentionShape(1, 1, 1));
    int[] all = IntStream.range(0, rows).toArray();
    Slice slice = new Slice(0, rows, 0, IntStream.range(0, KV.blocks()).toArray());
    float[] values = new float[rows * matrix.rows()];
    try (Session session = backend.open(program, Map.of("table", table, "matrix", matrix), KV)) {
      var logits = session.run(new Step(all, List.of(slice), all));
      for (int row = 0; row < rows; row++) {
        System.arraycopy(logits.row(row), 0, values, row * matrix.rows(), matrix.rows());
      }
    }
    return values;
  }

  private static Weight weight(String name, Tensor tensor) {
    return new Weight(name, tensor.rows(), tensor.columns());
  }
}
