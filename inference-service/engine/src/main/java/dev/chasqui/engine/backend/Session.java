package dev.chasqui.engine.backend;

/**
 * A program with its weights, activations and KV memory, ready to run. It belongs to one thread at
 * a time. Closing it frees the memory and ends the threads that compute.
 */
public interface Session extends AutoCloseable {

  /**
   * Computes one step. Rows do not influence each other but through the KV blocks of their own
   * sequence.
   *
   * @param step what to compute
   * @return logits, valid until the next step
   * @throws IllegalArgumentException if the step names a token id or a block that does not exist,
   *     or a block table is too short
   */
  Logits run(Step step);

  /**
   * Computes one step of which only the best tokens are wanted: a device with memory of its own
   * hands out a few numbers in place of all logits.
   *
   * @param step what to compute
   * @return of each logit row the token id with the greatest logit, the smallest id where several
   *     are equal
   * @throws IllegalArgumentException as for {@link #run}
   */
  default int[] greedy(Step step) {
    Logits logits = run(step);
    int[] best = new int[logits.rows()];
    for (int row = 0; row < best.length; row++) {
      best[row] = logits.argmax(row);
    }
    return best;
  }

  /** Frees the memory and ends the threads that compute. */
  @Override
  void close();
}
