package dev.chasqui.engine.backend;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The result of a step: one row of logits for each logit row of the step, in that order. It is a
 * view of the session's memory: valid until its next step.
 */
public final class Logits {

  /** What {@link #greatest} returns where nobody looked yet. */
  public static final int NOT_KNOWN = -1;

  private final int[] greatest;
  private final long stride;
  private final int rows;
  private final int vocabularySize;
  private MemorySegment values;

  /**
   * Makes a view of rows without gaps.
   *
   * @param values row-major {@code [rows, vocabularySize]}; may be longer
   * @param rows number of rows
   * @param vocabularySize logits of a row
   */
  public Logits(float[] values, int rows, int vocabularySize) {
    this(MemorySegment.ofArray(values), vocabularySize, new int[0], rows, vocabularySize);
  }

  /**
   * Makes a view.
   *
   * @param values float32; row r begins at value {@code r * stride}
   * @param stride values from one row to the next
   * @param greatest of each row the token id with the greatest logit, the smallest where several
   *     are equal, {@link #NOT_KNOWN} where a logit is not finite; may be longer, or empty
   * @param rows number of rows
   * @param vocabularySize logits of a row
   */
  public Logits(MemorySegment values, long stride, int[] greatest, int rows, int vocabularySize) {
    this.values = values;
    this.stride = stride;
    this.greatest = greatest;
    this.rows = rows;
    this.vocabularySize = vocabularySize;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of logits of a row. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /**
   * Returns a copy of one row.
   *
   * @param row index into the step's logit rows
   * @return {@code [vocabularySize]}
   */
  public float[] row(int row) {
    float[] copy = new float[vocabularySize];
    copyRow(row, copy);
    return copy;
  }

  /**
   * Copies one row.
   *
   * @param row index into the step's logit rows
   * @param target gets {@code vocabularySize} values
   * @throws IllegalStateException if the view has ended
   */
  public void copyRow(int row, float[] target) {
    MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, offset(row), target, 0, vocabularySize);
  }

  /**
   * Returns the token id with the greatest logit of a row, the smallest id where several are equal,
   * if the backend found it while it computed them.
   *
   * @param row index into the step's logit rows
   * @return a token id, or {@link #NOT_KNOWN}
   */
  public int greatest(int row) {
    return row < greatest.length ? greatest[row] : NOT_KNOWN;
  }

  /**
   * Returns the token id with the greatest logit of a row, the smallest id where several are equal.
   *
   * @param row index into the step's logit rows
   * @return a token id
   */
  public int argmax(int row) {
    int best = 0;
    float[] logits = row(row);
    for (int id = 1; id < vocabularySize; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  /** Ends the view: the session needs its memory for something else. */
  public void expire() {
    values = MemorySegment.NULL;
  }

  private long offset(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows + " rows of logits");
    }
    if (values.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("the logits are gone: they are valid until the next step");
    }
    return row * stride * Float.BYTES;
  }
}
