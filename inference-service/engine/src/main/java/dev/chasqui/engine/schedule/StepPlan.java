package dev.chasqui.engine.schedule;

import java.util.List;

/**
 * What one step computes.
 *
 * @param chunks at most one for each sequence; their blocks are reserved
 * @param decodeTokens chunks that are the one new token of a sequence
 * @param prefillTokens tokens of all other chunks
 * @param draftTokens guesses behind the new tokens of sequences
 * @param preemptions sequences that lost their blocks for it
 */
public record StepPlan(
    List<Chunk> chunks, int decodeTokens, int prefillTokens, int draftTokens, int preemptions) {

  /** Copies the list. */
  public StepPlan {
    chunks = List.copyOf(chunks);
  }

  /** Returns the rows of the step. */
  public int rows() {
    return decodeTokens + prefillTokens + draftTokens;
  }

  /** Returns whether there is nothing to compute. */
  public boolean isEmpty() {
    return chunks.isEmpty();
  }
}
