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
 * @param sequenceLength tokens of the whole sequence, those included that are computed in later
 *     steps without a sample between; some rotations depend on it ({@link Rotation#stableLength})
 */
public record Slice(
    int firstRow, int rows, int startPosition, int[] blockTable, int adapter, int sequenceLength) {

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

  /**
   * Makes a slice that ends its sequence.
   *
   * @param firstRow first row in the step
   * @param rows number of rows, at least 1
   * @param startPosition position of the first row in its sequence
   * @param blockTable the sequence's KV blocks
   * @param adapter which of the session's adapters, or {@link #NO_ADAPTER}
   */
  public Slice(int firstRow, int rows, int startPosition, int[] blockTable, int adapter) {
    this(firstRow, rows, startPosition, blockTable, adapter, startPosition + rows);
  }

  /** Checks the ranges. */
  public Slice {
    if (firstRow < 0
        || rows < 1
        || startPosition < 0
        || adapter < NO_ADAPTER
        || sequenceLength < startPosition + rows) {
      throw new IllegalArgumentException(
          "slice of %d rows from %d at position %d of %d with adapter %d"
              .formatted(rows, firstRow, startPosition, sequenceLength, adapter));
    }
  }

  /**
   * Returns this slice as the part of a sequence.
   *
   * @param tokens of the whole sequence, at least to this slice's end
   * @return the changed slice
   */
  public Slice ofSequence(int tokens) {
    return new Slice(firstRow, rows, startPosition, blockTable, adapter, tokens);
  }

  /** Returns the position behind the last row: the sequence's length after the step. */
  public int endPosition() {
    return startPosition + rows;
  }
}
