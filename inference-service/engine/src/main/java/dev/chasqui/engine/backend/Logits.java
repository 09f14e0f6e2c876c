package dev.chasqui.engine.backend;

/**
 * The result of a step: one row of logits for each logit row of the step, in that order. It is a
 * view of the session's memory: valid until its next step.
 */
public final class Logits {

  private final float[] values;
  private final int rows;
  private final int vocabularySize;

  /**
   * Makes a view.
   *
   * @param values row-major {@code [rows, vocabularySize]}; may be longer
   * @param rows number of rows
   * @param vocabularySize logits of a row
   */
  public Logits(float[] values, int rows, int vocabularySize) {
    this.values = values;
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
   */
  public void copyRow(int row, float[] target) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows + " rows of logits");
    }
    System.arraycopy(values, row * vocabularySize, target, 0, vocabularySize);
  }

  /**
   * Returns the token id with the greatest logit of a row, the smallest id where several are equal.
   *
   * @param row index into the step's logit rows
   * @return a token id
   */
  public int argmax(int row) {
    int best = 0;
    int offset = row * vocabularySize;
    for (int id = 1; id < vocabularySize; id++) {
      if (values[offset + id] > values[offset + best]) {
        best = id;
      }
    }
    return best;
  }
}
