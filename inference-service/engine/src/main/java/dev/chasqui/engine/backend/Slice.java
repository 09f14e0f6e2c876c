package dev.chasqui.engine.backend;

/**
 * The consecutive rows of one sequence in a step. Row {@code firstRow + i} is the token at position
 * {@code startPosition + i}; what stands at earlier positions must be in the blocks already, from
 * earlier steps, in this or, for a shared prefix, another sequence.
 *
 * @param firstRow first row in the step
 * @param rows number of rows, at least 1
 * @param startPosition position of the first row in its sequence
 * @param blockTable the sequence's KV blocks: position p is in block {@code blockTable[p /
 *     blockSizeTokens]} at {@code p % blockSizeTokens}. A block may be read by many slices, but in
 *     one step written by one only. Not copied: it must not change during the step
 * @param adapter which of the session's adapters its products are changed by, or {@link
 *     #NO_ADAPTER}. What is in its blocks must have been computed with the same one
 */
public record Slice(int firstRow, int rows, int startPosition, int[] blockTable, int adapter) {

  /** The model as it is. */
  public static final int NO_ADAPTER = -1;

  /**
   * Makes a slice of the model as it is.
   *
   * @param firstRow first row in the step
   * @param rows number of rows, at least 1
   * @param startPosition position of the first row in its sequence
   * @param blockTable the sequence's KV blocks
   */
  public Slice(int firstRow, int rows, int startPosition, int[] blockTable) {
    this(firstRow, rows, startPosition, blockTable, NO_ADAPTER);
  }

  /** Checks the ranges. */
  public Slice {
    if (firstRow < 0 || rows < 1 || startPosition < 0 || adapter < NO_ADAPTER) {
      throw new IllegalArgumentException(
          "slice of %d rows from %d at position %d with adapter %d"
              .formatted(rows, firstRow, startPosition, adapter));
    }
  }

  /** Returns the position behind the last row: the sequence's length after the step. */
  public int endPosition() {
    return startPosition + rows;
  }
}
