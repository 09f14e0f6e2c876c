package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import dev.chasqui.engine.backend.Activation;
import java.util.Arrays;
import java.util.List;

/**
 * Products of activations with packed matrices. A chunk of work is some strips of 2 vectors of
 * outputs for all rows: one row is multiplied straight from the packed form, more of them share a
 * panel that is unpacked once.
 */
final class Projections {

  /** Chunks for each thread, so that a thread that lost time does not hold up the others. */
  private static final int CHUNKS_PER_THREAD = 12;

  private final WorkerPool pool;
  private final Workspace[] workspaces;

  Projections(WorkerPool pool) {
    this.pool = pool;
    this.workspaces = new Workspace[pool.threads()];
    Arrays.setAll(workspaces, worker -> new Workspace());
  }

  /** Computes {@code outs_i = in * matrices_iᵀ}. */
  void project(List<PackedMatrix> matrices, Activation in, List<Activation> outs) {
    if (in.rows() == 0) {
      return;
    }
    int strips = 0;
    for (int i = 0; i < matrices.size(); i++) {
      strips += matrices.get(i).strips();
    }
    int all = strips;
    int grain = in.rows() == 1 ? Math.max(1, strips / (CHUNKS_PER_THREAD * pool.threads())) : 1;
    pool.run(
        (strips + grain - 1) / grain,
        (chunk, worker) -> {
          for (int i = chunk * grain; i < Math.min(all, (chunk + 1) * grain); i++) {
            projectStrip(matrices, i, in, outs, workspaces[worker]);
          }
        });
  }

  private void projectStrip(
      List<PackedMatrix> matrices,
      int strip,
      Activation in,
      List<Activation> outs,
      Workspace work) {
    int i = 0;
    while (strip >= matrices.get(i).strips()) {
      strip -= matrices.get(i++).strips();
    }
    if (in.rows() == 1) {
      projectRow(matrices.get(i), strip, in.values(), outs.get(i).values(), work);
    } else {
      projectRows(matrices.get(i), strip, in, outs.get(i).values(), work);
    }
  }

  private static void projectRow(
      PackedMatrix matrix, int strip, float[] in, float[] out, Workspace work) {
    matrix.multiply(strip, in, 0, work);
    System.arraycopy(work.sums(), 0, out, strip * STRIP, matrix.rowsOf(strip));
  }

  private static void projectRows(
      PackedMatrix matrix, int strip, Activation in, float[] out, Workspace work) {
    for (int from = 0; from < matrix.columns(); from += Workspace.PANEL_COLUMNS) {
      int columns = Math.min(Workspace.PANEL_COLUMNS, matrix.columns() - from);
      matrix.unpack(strip, from, columns, work);
      for (int row = 0; row < in.rows(); row += Tiles.ROWS) {
        int rows = Math.min(Tiles.ROWS, in.rows() - row);
        int[] at = work.rows(rows);
        for (int i = 0; i < at.length; i++) {
          at[i] = (row + Math.min(i, rows - 1)) * in.width() + from;
        }
        float[] sums = work.sums();
        Arrays.fill(sums, 0f);
        int first = row * matrix.rows() + strip * STRIP;
        if (from > 0) {
          copyRows(out, first, matrix.rows(), sums, 0, STRIP, rows, matrix.rowsOf(strip));
        }
        Tiles.tile(work.panel(), 0, COUNT, STRIP, columns, in.values(), at, sums);
        copyRows(sums, 0, STRIP, out, first, matrix.rows(), rows, matrix.rowsOf(strip));
      }
    }
  }

  private static void copyRows(
      float[] source,
      int from,
      int sourceWidth,
      float[] target,
      int to,
      int targetWidth,
      int rows,
      int width) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(source, from + row * sourceWidth, target, to + row * targetWidth, width);
    }
  }
}
