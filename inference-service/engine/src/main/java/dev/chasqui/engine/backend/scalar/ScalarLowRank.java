package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.backend.Kernels.PreparedLowRank;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.RowSet;
import java.util.List;

/** The two thin products of an adapter, one row after the other. Belongs to one thread. */
final class ScalarLowRank {

  private float[] between = new float[0];

  /**
   * An adapter's change of one matrix as float32: adapters are small.
   *
   * @param down {@code [rank, inputs]}
   * @param up {@code [outputs, rank]}
   */
  private record Term(int rank, float[] down, float[] up, float scale) {}

  /** Changes of matrices that read the same input. */
  record Terms(List<Term> list) implements PreparedLowRank {}

  static Terms prepare(List<LowRank> terms) {
    return new Terms(
        terms.stream()
            .map(t -> new Term(t.rank(), t.down().toFloats(), t.up().toFloats(), t.scale()))
            .toList());
  }

  void add(Terms terms, Activation in, RowSet rows, List<Activation> outs) {
    for (int i = 0; i < terms.list().size(); i++) {
      for (int row = 0; row < rows.size(); row++) {
        add(terms.list().get(i), in, rows.row(row), outs.get(i));
      }
    }
  }

  private void add(Term term, Activation in, int row, Activation out) {
    int rank = term.rank;
    int inputs = in.width();
    if (between.length < rank) {
      between = new float[rank];
    }
    for (int r = 0; r < rank; r++) {
      between[r] = term.scale * dot(in.values(), row * inputs, term.down, r * inputs, inputs);
    }
    int outputs = out.width();
    for (int n = 0; n < outputs; n++) {
      out.values()[row * outputs + n] += dot(between, 0, term.up, n * rank, rank);
    }
  }

  private static float dot(float[] a, int at, float[] b, int from, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[at + i] * b[from + i];
    }
    return sum;
  }
}
