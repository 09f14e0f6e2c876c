package dev.chasqui.engine.backend;

import java.util.Arrays;

/** Some rows of the activations of a step, in ascending order; grows to the largest step. */
public final class RowSet {

  private int[] rows = new int[8];
  private int size;

  /**
   * Makes a set.
   *
   * @param rows its rows in ascending order
   */
  public RowSet(int... rows) {
    for (int row : rows) {
      add(row);
    }
  }

  /** Removes all rows. */
  void clear() {
    size = 0;
  }

  void add(int row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  /** Returns how many rows there are. */
  public int size() {
    return size;
  }

  /**
   * Returns one of the rows.
   *
   * @param index from 0 to {@code size() - 1}
   * @return the row
   */
  public int row(int index) {
    return rows[index];
  }
}
