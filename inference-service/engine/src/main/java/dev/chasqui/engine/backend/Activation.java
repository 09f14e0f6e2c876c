package dev.chasqui.engine.backend;

import java.util.Arrays;

/**
 * The values of a slot: float32, row-major {@code [rows, width]}. The array may be longer than rows
 * * width: it grows to the largest step and is used again.
 */
public final class Activation {

  private final int width;
  private float[] values;
  private int rows;

  /**
   * Makes an activation of zeros.
   *
   * @param rows number of rows
   * @param width values of a row
   */
  public Activation(int rows, int width) {
    this.width = width;
    this.values = new float[Math.multiplyExact(rows, width)];
    this.rows = rows;
  }

  /** Returns the array itself; it may be another one after the number of rows changed. */
  public float[] values() {
    return values;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the values of a row. */
  public int width() {
    return width;
  }

  /**
   * Sets the number of rows. What the rows hold afterwards is not defined.
   *
   * @param rows number of rows, 0 or more
   */
  public void resize(int rows) {
    int needed = Math.multiplyExact(rows, width);
    if (needed > values.length) {
      values = new float[needed];
    }
    this.rows = rows;
  }

  /** Returns a copy of the values of all rows. */
  public float[] toArray() {
    return Arrays.copyOf(values, rows * width);
  }
}
