package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Low-rank adapters of the rows that ask for them. */
class NativeAdapterTests {

  private static final KvShape KV = new KvShape(4, 4);

  private final Tensor table = RandomTensors.of(Dtype.F32, 9, 96, 1);
  private final List<Tensor> matrices =
      List.of(RandomTensors.of(Dtype.Q8_0, 19, 96, 2), RandomTensors.of(Dtype.F32, 35, 96, 3));
  private final Program program = ProgramContract.projecting(table, matrices);

  @BeforeEach
  void needLibrary() {
    Library.variants();
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void addsToTheRowsThatAskAsTheScalarBackendDoes(CpuVariant variant) {
    List<Adapter> adapters = List.of(adapter("narrow", 3), adapter("wide", 17));
    float[][] expected = run(ProgramContract.scalar(), adapters);
    float[][] actual = run(Library.backend(variant, 2), adapters);
    float[][] plain = run(Library.backend(variant, 2), List.of(adapter("narrow", 3)), -1);
    for (int row = 0; row < actual.length; row++) {
      ProgramContract.assertClose(actual[row], expected[row], 1e-3);
    }
    assertThat(actual[2]).containsExactly(plain[2]);
    assertThat(actual[0]).isNotEqualTo(plain[0]);
  }

  @Test
  void refusesAdaptersThatDoNotFit() {
    LowRank change = new LowRank(floats(2, 95, 1), floats(35, 2, 2), 1);
    Adapter misfit = new Adapter("misfit", Map.of(matrices.get(1).name(), change));
    assertThatThrownBy(() -> run(Library.best(1), List.of(misfit)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a change of [35, 95] does not fit weight");
    Adapter lost = new Adapter("lost", Map.of("elsewhere", change));
    assertThatThrownBy(() -> run(Library.best(1), List.of(lost)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapter lost changes [elsewhere]");
  }

  private float[][] run(Backend backend, List<Adapter> adapters) {
    return run(backend, adapters, 1);
  }

  /** Two rows with adapter 0, one without, one with another. */
  private float[][] run(Backend backend, List<Adapter> adapters, int other) {
    Map<String, Tensor> weights = ProgramContract.byName(table, matrices);
    int first = other < 0 ? Slice.NO_ADAPTER : 0;
    List<Slice> slices =
        List.of(
            new Slice(0, 2, 0, new int[] {0}, first),
            new Slice(2, 1, 0, new int[] {1}),
            new Slice(3, 1, 0, new int[] {2}, other));
    Step step = new Step(new int[] {4, 0, 2, 8}, slices, new int[] {0, 1, 2, 3});
    try (Session session = backend.open(program, weights, KV, adapters)) {
      Logits logits = session.run(step);
      return IntStream.range(0, logits.rows()).mapToObj(logits::row).toArray(float[][]::new);
    }
  }

  private Adapter adapter(String name, int rank) {
    Tensor last = matrices.getLast();
    LowRank change = new LowRank(floats(rank, 96, rank), floats(last.rows(), rank, rank), 0.5f);
    return new Adapter(name, Map.of(last.name(), change));
  }

  private static Tensor floats(int rows, int columns, int seed) {
    return RandomTensors.of(Dtype.F32, rows, columns, seed);
  }
}
