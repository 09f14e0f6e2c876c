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
 */
public record Slice(int firstRow, int rows, int startPosition, int[] blockTable) {

  /** Checks the ranges. */
  public Slice {
    if (firstRow < 0 || rows < 1 || startPosition < 0) {
      throw new IllegalArgumentException(
          "slice of %d rows from %d at position %d".formatted(rows, firstRow, startPosition));
    }
  }

  /** Returns the position behind the last row: the sequence's length after the step. */
  public int endPosition() {
    return startPosition + rows;
  }
}
