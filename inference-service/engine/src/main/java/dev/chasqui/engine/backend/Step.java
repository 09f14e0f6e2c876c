package dev.chasqui.engine.backend;

import java.util.List;

/**
 * One forward call: the tokens of all sequences that take part, as rows.
 *
 * @param tokenIds one for each row. Not copied: it must not change during the step
 * @param slices which rows are whose; they cover all rows in order without gap
 * @param logitRows rows whose logits are wanted, in the order in which they are wanted; may be
 *     empty
 */
public record Step(int[] tokenIds, List<Slice> slices, int[] logitRows) {

  /** Checks that slices cover the rows and that logit rows exist. */
  public Step {
    slices = List.copyOf(slices);
    int row = 0;
    for (Slice slice : slices) {
      if (slice.firstRow() != row) {
        throw new IllegalArgumentException(
            "a slice begins at row %d where row %d is next".formatted(slice.firstRow(), row));
      }
      row += slice.rows();
    }
    if (row != tokenIds.length || row == 0) {
      throw new IllegalArgumentException(
          "slices cover %d rows of %d tokens; a step has at least one"
              .formatted(row, tokenIds.length));
    }
    for (int logitRow : logitRows) {
      if (logitRow < 0 || logitRow >= tokenIds.length) {
        throw new IllegalArgumentException(
            "logits of row %d of %d are asked for".formatted(logitRow, tokenIds.length));
      }
    }
  }

  /** Returns the number of rows: tokens of all sequences. */
  public int rows() {
    return tokenIds.length;
  }
}
