package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits where the library computed them: rows of a table, passed on as they are. */
class NativeLogitsTests {

  private static final int[] WIDTHS = {1, 15, 16, 1024, 3001};

  @BeforeEach
  void needLibrary() {
    Library.variants();
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void knowsTheFirstOfTheGreatest(CpuVariant variant) {
    for (int width : WIDTHS) {
      float[][] rows = random(width);
      rows[1][width - 1] = 9; // only there
      rows[2][width / 2] = 9; // there and further on
      rows[2][width - 1] = 9;
      try (Session session = open(variant, rows)) {
        Logits logits = session.run(all(rows.length));
        for (int row = 0; row < rows.length; row++) {
          assertThat(logits.row(row)).containsExactly(rows[row]);
          assertThat(logits.greatest(row)).isEqualTo(logits.argmax(row));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.chasqui.engine.backend.nativecode.Library#each")
  void doesNotKnowWhereALogitIsNotFinite(CpuVariant variant) {
    for (int width : WIDTHS) {
      float[][] rows = random(width);
      rows[0][width / 2] = Float.NaN;
      rows[1][width - 1] = Float.POSITIVE_INFINITY;
      rows[2][0] = Float.NEGATIVE_INFINITY;
      try (Session session = open(variant, rows)) {
        Logits logits = session.run(all(rows.length));
        for (int row = 0; row < 3; row++) {
          assertThat(logits.greatest(row)).isEqualTo(Logits.NOT_KNOWN);
        }
        assertThat(logits.greatest(3)).isEqualTo(logits.argmax(3));
      }
    }
  }

  @Test
  void areGoneWithTheNextStepAndWithTheSession() {
    float[][] rows = random(33);
    Logits first;
    Logits second;
    try (Session session = open(CpuVariant.best(Library.variants()), rows)) {
      first = session.run(all(1));
      second = session.run(all(rows.length));
      assertThat(second.row(3)).containsExactly(rows[3]);
    }
    for (Logits gone : List.of(first, second)) {
      assertThatThrownBy(() -> gone.row(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("valid until the next step");
    }
  }

  private static float[][] random(int width) {
    Random random = new Random(width);
    float[][] rows = new float[4][width];
    for (float[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static Session open(CpuVariant variant, float[][] rows) {
    int width = rows[0].length;
    float[] values = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * width, width);
    }
    byte[] bytes = new byte[values.length * Float.BYTES];
    MemorySegment.ofArray(bytes).copyFrom(MemorySegment.ofArray(values));
    long[] shape = {rows.length, width};
    Tensor table = new Tensor("table", Dtype.F32, shape, MemorySegment.ofArray(bytes));
    return Library.backend(variant, 2)
        .open(passing(table), Map.of(table.name(), table), new KvShape(8, 8));
  }

  private static Program passing(Tensor table) {
    Slot in = new Slot("in", table.columns(), Slot.Rows.TOKENS);
    Slot logits = new Slot("logits", table.columns(), Slot.Rows.LOGITS);
    List<Op> ops =
        List.of(new Op.Embed(ProgramContract.weight(table), in), new Op.TakeLogitRows(in, logits));
    return new Program("passing", ops, logits, 0, new AttentionShape(1, 1, 1));
  }

  private static Step all(int rows) {
    int[] ids = IntStream.range(0, rows).toArray();
    return new Step(ids, List.of(new Slice(0, rows, 0, new int[] {0})), ids);
  }
}
