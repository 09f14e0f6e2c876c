package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.STRIP;

import java.util.Arrays;

/** What one thread computes products in; reused, never shared. */
final class Workspace {

  /** Columns of a panel: 128 KiB of 512-bit strips, half of a small second-level cache. */
  static final int PANEL_COLUMNS = 1024;

  private final float[] panel = new float[PANEL_COLUMNS * STRIP];
  private final float[] sums = new float[Tiles.sums()];
  private final int[][] rows = new int[Tiles.ROWS + 1][];
  private float[] factors = new float[2 * PANEL_COLUMNS / Packing.BLOCK * STRIP];

  Workspace() {
    Arrays.setAll(rows, count -> new int[count <= 4 ? 4 : 8]);
  }

  /** Returns room for unpacked weights, {@code [PANEL_COLUMNS, STRIP]}. */
  float[] panel() {
    return panel;
  }

  /** Returns the sums of a tile, {@code [ROWS, STRIP]}. */
  float[] sums() {
    return sums;
  }

  /** Returns room for where the rows of a tile begin: 4 of them for up to 4 rows, else 8. */
  int[] rows(int count) {
    return rows[count];
  }

  /** Returns room for scales and minima, {@code [blocks, 2, STRIP]}. */
  float[] factors(int blocks) {
    if (factors.length < blocks * 2 * STRIP) {
      factors = new float[blocks * 2 * STRIP];
    }
    return factors;
  }
}
