package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;

import java.lang.foreign.MemorySegment;

/**
 * A weight matrix in groups of 16 interleaved rows; rows beyond the last are zero.
 *
 * @param rows outputs, N
 * @param columns inputs, K
 * @param packing how a group is stored
 * @param groups the groups one after the other
 */
record PackedMatrix(int rows, int columns, Packing packing, MemorySegment groups) {

  /** Returns the number of strips. */
  int strips() {
    return (rows + Lanes.STRIP - 1) / Lanes.STRIP;
  }

  /** Returns the rows of a strip that exist. */
  int rowsOf(int strip) {
    return Math.min(Lanes.STRIP, rows - strip * Lanes.STRIP);
  }

  /**
   * Multiplies a strip with one vector.
   *
   * @param strip which strip
   * @param x the vector, from {@code xAt}
   * @param xAt index of its first value
   * @param work its sums get one value for each row of the strip
   */
  void multiply(int strip, float[] x, int xAt, Workspace work) {
    packing.multiply(groups, first(strip), second(strip), columns, x, xAt, work);
  }

  /**
   * Unpacks some columns of a strip.
   *
   * @param strip which strip
   * @param from first column, a multiple of the block
   * @param count number of columns
   * @param work its panel gets {@code [count, STRIP]}
   */
  void unpack(int strip, int from, int count, Workspace work) {
    packing.unpack(groups, first(strip), second(strip), from, count, work);
  }

  private long first(int strip) {
    return offset(strip * Lanes.STRIP);
  }

  /**
   * The second vector of the last strip may lie beyond the last group: then the first stands in.
   */
  private long second(int strip) {
    long offset = offset(strip * Lanes.STRIP + COUNT);
    return offset < groups.byteSize() ? offset : first(strip);
  }

  private long offset(int row) {
    return row / Lanes.MOST * packing.groupBytes(columns) + row % Lanes.MOST * 4L;
  }
}
