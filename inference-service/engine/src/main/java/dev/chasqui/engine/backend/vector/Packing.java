package dev.chasqui.engine.backend.vector;

import java.lang.foreign.MemorySegment;

/**
 * How a group of 16 matrix rows is stored, interleaved, and how a strip of it is computed with.
 *
 * <p>Lane i of a vector is row i of the strip, so every result is summed over the columns in
 * ascending order by fused multiply-adds: the same bits whatever the vector width and whatever else
 * is computed beside it. A strip is two vectors at byte offsets {@code a} and {@code b}.
 */
interface Packing {

  /** Columns that are unpacked together; a matrix is cut into panels at multiples of it. */
  int BLOCK = 32;

  /** Returns the bytes of a group of 16 rows. */
  long groupBytes(int columns);

  /**
   * Multiplies a strip with one vector.
   *
   * @param packed the matrix
   * @param a offset of the first vector's rows
   * @param b offset of the second vector's rows
   * @param columns columns of the matrix
   * @param x the vector, from {@code xAt}
   * @param xAt index of its first value
   * @param work its sums get one value for each row of the strip
   */
  void multiply(
      MemorySegment packed, long a, long b, int columns, float[] x, int xAt, Workspace work);

  /**
   * Unpacks some columns of a strip as float32.
   *
   * @param packed the matrix
   * @param a offset of the first vector's rows
   * @param b offset of the second vector's rows
   * @param from first column, a multiple of {@link #BLOCK}
   * @param count number of columns; whole blocks, or up to the last column
   * @param work its panel gets {@code [count, STRIP]}
   */
  void unpack(MemorySegment packed, long a, long b, int from, int count, Workspace work);
}
