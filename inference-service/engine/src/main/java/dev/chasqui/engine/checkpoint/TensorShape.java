package dev.chasqui.engine.checkpoint;

import java.util.Arrays;

/** Sizes of tensors in files, which may say anything. */
final class TensorShape {

  private static final int MOST_SHOWN = 8;

  private TensorShape() {}

  /**
   * Returns the number of values of a shape.
   *
   * @param shape sizes, outermost first
   * @return their product; -1 if it is beyond 2⁶² or there are 2³¹ rows or columns or more, which
   *     no tensor has
   */
  static long values(long[] shape) {
    long rows = 1;
    for (int i = 0; i < shape.length - 1; i++) {
      rows = product(rows, shape[i]);
      if (rows > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return product(rows, shape.length == 0 ? 1 : shape[shape.length - 1]);
  }

  /** The first factor is below 2³¹; -1 where the second one is not a size. */
  private static long product(long rows, long size) {
    return rows < 0 || size < 0 || size > Integer.MAX_VALUE ? -1 : rows * size;
  }

  /** Returns a shape for a message. */
  static String shown(long[] shape) {
    return shape.length > MOST_SHOWN ? shape.length + " dimensions" : Arrays.toString(shape);
  }
}
