package dev.chasqui.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.RandomTensors;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTests {

  private static final Slot HIDDEN = new Slot("hidden", 8, Slot.Rows.TOKENS);
  private static final Slot LAST = new Slot("last", 8, Slot.Rows.LOGITS);
  private static final Slot LOGITS = new Slot("logits", 5, Slot.Rows.LOGITS);
  private static final Weight TABLE = new Weight("table", 5, 8);
  private static final Weight BIAS = new Weight("bias", 1, 8);
  private static final AttentionShape HEADS = new AttentionShape(2, 1, 4);

  private final Tensor table = RandomTensors.of(Dtype.F32, 5, 8, 1);
  private final Tensor bias = RandomTensors.of(Dtype.F32, 1, 8, 2);

  @Test
  void runsOnScalarKernels() {
    Backend scalar = Backends.choose("scalar", 1).backend();
    try (Session session = scalar.open(program(), weights(), new KvShape(1, 4))) {
      Slice slice = new Slice(0, 3, 0, new int[] {0});
      Step step = new Step(new int[] {4, 0, 2}, List.of(slice), new int[] {2, 0});
      Logits logits = session.run(step);
      assertThat(logits.rows()).isEqualTo(2);
      assertThat(logits.row(0)).containsExactly(expected(2), within());
      assertThat(logits.row(1)).containsExactly(expected(4), within());
      assertThatThrownBy(() -> logits.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.data.Offset.offset(1e-5f);
  }

  /** {@code (table[id] + bias) * tableᵀ}. */
  private float[] expected(int id) {
    float[] rows = table.toFloats();
    float[] added = bias.toFloats();
    float[] logits = new float[5];
    for (int n = 0; n < 5; n++) {
      for (int k = 0; k < 8; k++) {
        logits[n] += (rows[id * 8 + k] + added[k]) * rows[n * 8 + k];
      }
    }
    return logits;
  }

  @Test
  void addsAdaptersToTheRowsThatAskForThem() {
    Backend scalar = Backends.choose("scalar", 1).backend();
    LowRank once = new LowRank(tensor(1, 8, 5), tensor(5, 1, 6), 1);
    LowRank twice = new LowRank(once.down(), once.up(), 2);
    List<Adapter> adapters =
        List.of(new Adapter("once", changes(once)), new Adapter("twice", changes(twice)));
    try (Session session = scalar.open(program(), weights(), new KvShape(4, 4), adapters)) {
      List<Slice> slices =
          List.of(
              new Slice(0, 2, 0, new int[] {0}, 1),
              new Slice(2, 1, 0, new int[] {1}),
              new Slice(3, 1, 0, new int[] {2}, 0),
              new Slice(4, 1, 0, new int[] {3}, 1));
      Logits logits = session.run(new Step(new int[] {3, 3, 3, 3, 3}, slices, new int[] {4, 2, 3}));
      float[] change = new float[5];
      for (int i = 0; i < 5; i++) {
        change[i] = logits.row(2)[i] - logits.row(1)[i];
        assertThat(change[i]).isNotZero();
        assertThat(logits.row(0)[i] - logits.row(1)[i]).isCloseTo(2 * change[i], within());
      }
      assertThat(logits.row(1)).containsExactly(expected(3), within());
    }
  }

  @Test
  void sessionsRefuseAdaptersThatDoNotFit() {
    Backend scalar = Backends.choose("scalar", 1).backend();
    KvShape kv = new KvShape(1, 4);
    LowRank wide = new LowRank(tensor(1, 9, 5), tensor(5, 1, 6), 1);
    LowRank fits = new LowRank(tensor(1, 8, 5), tensor(5, 1, 6), 1);
    List<Adapter> misfit = List.of(new Adapter("wide", changes(wide)));
    assertThatThrownBy(() -> scalar.open(program(), weights(), kv, misfit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a change of [5, 9] does not fit weight table of [5, 8]");
    List<Adapter> unknown = List.of(new Adapter("lost", Map.of("bias", fits)));
    assertThatThrownBy(() -> scalar.open(program(), weights(), kv, unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("adapter lost changes [bias]");
    List<Slice> slices = List.of(new Slice(0, 1, 0, new int[1], 1));
    try (Session session =
        scalar.open(program(), weights(), kv, List.of(new Adapter("one", changes(fits))))) {
      assertThatThrownBy(() -> session.run(new Step(new int[1], slices, new int[0])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("adapter 1 is not one of the 1 adapters");
    }
  }

  private static Map<String, LowRank> changes(LowRank change) {
    return Map.of("table", change);
  }

  private static Tensor tensor(int rows, int columns, int seed) {
    return RandomTensors.of(Dtype.F32, rows, columns, seed);
  }

  @Test
  void listsItsWeightsOnce() {
    assertThat(program().weights()).containsExactly(TABLE, BIAS);
  }

  @Test
  void sessionsRefuseWeightsThatAreMissingOrOfAnotherShape() {
    Backend scalar = Backends.choose("scalar", 1).backend();
    KvShape kv = new KvShape(1, 4);
    assertThatThrownBy(() -> scalar.open(program(), Map.of("table", table), kv))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight bias is missing");
    assertThatThrownBy(() -> scalar.open(program(), Map.of("table", bias, "bias", bias), kv))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 8], but [5, 8]");
  }

  @Test
  void opsRefuseWidthsThatDoNotFit() {
    Weight narrow = new Weight("narrow", 5, 7);
    assertThatThrownBy(() -> new Op.Embed(narrow, HIDDEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width 8 where 7 is needed");
    assertThatThrownBy(() -> new Op.Project(HIDDEN, List.of(new Op.Projection(narrow, LOGITS))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Op.TakeLogitRows(LAST, HIDDEN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Op.Add(HIDDEN, LOGITS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void programsRefuseLayersAndHeadsThatDoNotExist() {
    List<Op> beyond = List.of(new Op.Attend(1, HIDDEN, new Slot("mixed", 8, Slot.Rows.TOKENS)));
    assertThatThrownBy(() -> new Program("x", beyond, LOGITS, 1, HEADS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit 1 layers");
    List<Op> wide = List.of(new Op.StoreKv(0, HIDDEN, HIDDEN));
    assertThatThrownBy(() -> new Program("x", wide, LOGITS, 1, HEADS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stepsRefuseSlicesWithGapsAndRowsThatDoNotExist() {
    Slice first = new Slice(0, 2, 0, new int[1]);
    Slice late = new Slice(3, 1, 0, new int[1]);
    assertThatThrownBy(() -> new Step(new int[4], List.of(first, late), new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 3 where row 2 is next");
    assertThatThrownBy(() -> new Step(new int[3], List.of(first), new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 rows of 3 tokens");
    assertThatThrownBy(() -> new Step(new int[2], List.of(first), new int[] {2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 2 of 2");
  }

  @Test
  void countsTheMemoryOfKeysAndValues() {
    assertThat(new KvShape(3, 16).memoryBytes(program())).isEqualTo(2L * 4 * 1 * 4 * 48);
    Program llama = new Program("llama", List.of(), LAST, 30, new AttentionShape(9, 3, 64));
    long halves = new KvShape(3, 16, KvType.F16).memoryBytes(llama);
    assertThat(halves).isEqualTo(2L * 30 * 3 * 64 * 2 * 48);
    assertThat(new KvShape(3, 16, KvType.INT8).memoryBytes(llama))
        .isEqualTo(2L * 30 * 3 * (64 + 2) * 48)
        .isLessThan(halves * 52 / 100);
  }

  @Test
  void refusesAKvTypeItHasNoKernelsFor() {
    KvShape bytes = new KvShape(3, 16, KvType.INT8);
    for (String name : List.of("scalar", "vector")) {
      assertThatThrownBy(
              () -> Backends.open(name, 1, backend -> backend.open(program(), weights(), bytes)))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("backend %s cannot keep keys and values as int8".formatted(name))
          .hasMessageContaining("only as [auto, f32]");
    }
    assertThatThrownBy(() -> KvType.of("int4"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("[auto, f32, f16, int8]");
  }

  private Map<String, Tensor> weights() {
    return Map.of("table", table, "bias", bias);
  }

  private static Program program() {
    List<Op> ops =
        List.of(
            new Op.Embed(TABLE, HIDDEN),
            new Op.AddBias(BIAS, HIDDEN),
            new Op.TakeLogitRows(HIDDEN, LAST),
            new Op.Project(LAST, List.of(new Op.Projection(TABLE, LOGITS))));
    return new Program("tiny", ops, LOGITS, 1, HEADS);
  }
}
