package dev.chasqui.engine.schedule;

/**
 * Consecutive tokens of one sequence that a step computes.
 *
 * @param sequence the sequence
 * @param start position of the first one
 * @param count how many, at least 1
 * @param drafts guesses of the tokens behind them, to be verified; 0 for most chunks
 */
public record Chunk(Sequence sequence, int start, int count, int drafts) {

  /**
   * Makes a chunk without guesses.
   *
   * @param sequence the sequence
   * @param start position of the first one
   * @param count how many, at least 1
   */
  public Chunk(Sequence sequence, int start, int count) {
    this(sequence, start, count, 0);
  }

  /** Returns the first position in it whose logits are wanted; its end if there is none. */
  public int logitsFrom() {
    return Math.min(end(), Math.max(start, sequence.logitsFrom()));
  }

  /** Returns how many tokens and guesses it has: the rows that it takes in a step. */
  public int rows() {
    return count + drafts;
  }

  /** Returns the position behind it, guesses included. */
  public int end() {
    return start + rows();
  }

  Chunk withDrafts(int guesses) {
    return new Chunk(sequence, start, count, guesses);
  }
}
