package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Slot.Rows;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.backend.scalar.ScalarBackendProvider;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Low-rank adapters of the rows that ask for them. */
class CudaAdapterTests {

  private static final KvShape KV = new KvShape(4, 4);

  private final Tensor table = floats(9, 96, 1);
  private final Tensor matrix = floats(35, 96, 3);

  @Test
  void addsToTheRowsThatAskAsTheScalarBackendDoes() {
    Backend cuda = Device.backend();
    List<Adapter> both = List.of(adapter("narrow", 3), adapter("wide", 17));
    Logits expected = run(new ScalarBackendProvider().create(1), both, 1);
    Logits actual = run(cuda, both, 1);
    for (int row = 0; row < actual.rows(); row++) {
      assertThat(actual.row(row)).containsExactly(expected.row(row), within(1e-3f));
    }
    Logits plain = run(cuda, List.of(adapter("narrow", 3)), Slice.NO_ADAPTER);
    assertThat(actual.row(2)).containsExactly(plain.row(2));
    assertThat(actual.row(3)).isNotEqualTo(plain.row(3));
  }

  @Test
  void refusesAdaptersThatDoNotFit() {
    Backend cuda = Device.backend();
    LowRank change = new LowRank(floats(2, 95, 1), floats(35, 2, 2), 1);
    Adapter misfit = new Adapter("misfit", Map.of("matrix", change));
    assertThatThrownBy(() -> run(cuda, List.of(misfit), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a change of [35, 95] does not fit weight");
    Adapter lost = new Adapter("lost", Map.of("elsewhere", change));
    assertThatThrownBy(() -> run(cuda, List.of(lost), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapter lost changes [elsewhere]");
  }

  /** Two rows with adapter 0, one without, one with another. */
  private Logits run(Backend backend, List<Adapter> adapters, int other) {
    Slot in = new Slot("in", table.columns(), Rows.TOKENS);
    Slot taken = new Slot("taken", table.columns(), Rows.LOGITS);
    Slot out = new Slot("out", matrix.rows(), Rows.LOGITS);
    List<Op> ops =
        List.of(
            new Op.Embed(new Weight("table", 9, 96), in),
            new Op.TakeLogitRows(in, taken),
            new Op.Project(taken, List.of(new Op.Projection(new Weight("matrix", 35, 96), out))));
    Program program = new Program("adapted", ops, out, 0, new AttentionShape(1, 1, 1));
    List<Slice> slices =
        List.of(
            new Slice(0, 2, 0, new int[] {0}, 0),
            new Slice(2, 1, 0, new int[] {1}),
            new Slice(3, 1, 0, new int[] {2}, other));
    Step step = new Step(new int[] {4, 0, 2, 8}, slices, new int[] {0, 1, 2, 3});
    Map<String, Tensor> weights = Map.of("table", table, "matrix", matrix);
    try (Session session = backend.open(program, weights, KV, adapters)) {
      return session.run(step);
    }
  }

  private Adapter adapter(String name, int rank) {
    LowRank change = new LowRank(floats(rank, 96, rank), floats(35, rank, rank), 0.5f);
    return new Adapter(name, Map.of("matrix", change));
  }

  private static Tensor floats(int rows, int columns, int seed) {
    return RandomTensors.of(Dtype.F32, rows, columns, seed);
  }
}
