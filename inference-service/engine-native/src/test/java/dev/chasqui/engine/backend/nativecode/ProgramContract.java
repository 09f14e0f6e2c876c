package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.Backends;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Slot;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small programs, run on a variant and on the scalar backend. */
final class ProgramContract {

  private static final AttentionShape NO_HEADS = new AttentionShape(1, 1, 1);
  private static final KvShape ONE_BLOCK = new KvShape(8, 8);

  private ProgramContract() {}

  static Backend scalar() {
    return Backends.open("scalar", 1, Function.identity()).value();
  }

  /** One row after the other through a program, from token ids 0, 1, 2 and so on. */
  static float[] run(Backend backend, Program program, Map<String, Tensor> weights, int rows) {
    int[] tokens = IntStream.range(0, rows).toArray();
    int[] blocks = IntStream.range(0, ONE_BLOCK.blocks()).toArray();
    Step step = new Step(tokens, List.of(new Slice(0, rows, 0, blocks)), tokens);
    float[] all = new float[rows * program.vocabularySize()];
    try (Session session = backend.open(program, weights, ONE_BLOCK)) {
      var logits = session.run(step);
      for (int row = 0; row < rows; row++) {
        float[] one = logits.row(row);
        System.arraycopy(one, 0, all, row * one.length, one.length);
      }
    }
    return all;
  }

  /**
   * A program that looks rows up in a table and multiplies them with matrices, one of them last.
   */
  static Program projecting(Tensor table, List<Tensor> matrices) {
    Slot in = new Slot("in", table.columns(), Slot.Rows.TOKENS);
    Slot taken = new Slot("taken", table.columns(), Slot.Rows.LOGITS);
    List<Op.Projection> projections =
        matrices.stream()
            .map(m -> new Op.Projection(weight(m), new Slot(m.name(), m.rows(), Slot.Rows.LOGITS)))
            .toList();
    List<Op> ops =
        List.of(
            new Op.Embed(weight(table), in),
            new Op.TakeLogitRows(in, taken),
            new Op.Project(taken, projections));
    return new Program("projecting", ops, projections.getLast().out(), 0, NO_HEADS);
  }

  static Map<String, Tensor> byName(Tensor table, List<Tensor> matrices) {
    return Stream.concat(Stream.of(table), matrices.stream())
        .collect(Collectors.toMap(Tensor::name, tensor -> tensor, (one, same) -> one));
  }

  static Weight weight(Tensor tensor) {
    return new Weight(tensor.name(), tensor.rows(), tensor.columns());
  }

  static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }
}
