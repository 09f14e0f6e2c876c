package dev.chasqui.engine.schedule;

/**
 * Consecutive tokens of one sequence that a step computes.
 *
 * @param sequence the sequence
 * @param start position of the first one
 * @param count how many, at least 1
 */
public record Chunk(Sequence sequence, int start, int count) {

  /** Returns the first position in it whose logits are wanted; its end if there is none. */
  public int logitsFrom() {
    return Math.min(start + count, Math.max(start, sequence.logitsFrom()));
  }

  /** Returns the position behind it. */
  public int end() {
    return start + count;
  }
}
