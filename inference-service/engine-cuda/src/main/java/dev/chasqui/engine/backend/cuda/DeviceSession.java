package dev.chasqui.engine.backend.cuda;

import java.lang.foreign.MemorySegment;

/**
 * Weights, a program, activations and KV memory on one device. Belongs to one thread at a time.
 * Every method may throw {@link dev.chasqui.engine.api.DeviceFailureException}; after that only
 * {@link #close} is left.
 */
interface DeviceSession extends AutoCloseable {

  /**
   * Makes room for a matrix in the device's memory.
   *
   * @param type how its values are stored
   * @param rows outputs
   * @param columns inputs
   * @return its index
   */
  int addMatrix(StoredType type, int rows, int columns);

  /**
   * Copies rows of a matrix into the device's memory.
   *
   * @param matrix its index
   * @param firstRow where they go
   * @param rows how many
   * @param bytes row behind row, of native memory; may be let go afterwards
   */
  void fillMatrix(int matrix, int firstRow, int rows, MemorySegment bytes);

  /**
   * Copies a vector into the device's memory.
   *
   * @param values gains, biases or a matrix of an adapter
   * @return its index
   */
  int addVector(float[] values);

  /**
   * Says what {@link #run} computes. Called once, behind all matrices and vectors.
   *
   * @param commands what to compute
   * @param sizes how much of it at once
   */
  void setProgram(Commands commands, SessionSizes sizes);

  /**
   * Computes a step.
   *
   * @param step as it was written
   * @param logits gets the logits of its rows
   */
  void run(CudaStep step, float[] logits);

  /**
   * Computes a step and finds the best tokens on the device.
   *
   * @param step as it was written
   * @param best gets the token id of the greatest logit of each of its rows; -1 where a logit is
   *     NaN or infinite
   */
  void greedy(CudaStep step, int[] best);

  /** Returns how many steps were launched as captured graphs. */
  long graphLaunches();

  @Override
  void close();
}
