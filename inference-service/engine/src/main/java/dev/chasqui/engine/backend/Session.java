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

  /** Frees the memory and ends the threads that compute. */
  @Override
  void close();
}
