package dev.chasqui.engine.backend.cuda;

/**
 * The commands of the library (program.h), with their operands. Slots, vectors, matrices and
 * rotations are indices; -1 stands for none.
 */
enum CommandCode {
  /** Matrix, slot: rows of the table. */
  EMBED,
  /** Slot, gain vector, bits of epsilon, slot, slot whose values are added to the first before. */
  NORM,
  /** Slot, matrix, first of the slots that its rows fill, 1 to add to what they hold. */
  PROJECT,
  /** Vector, slot. */
  ADD_BIAS,
  /**
   * Slot of queries or none, of keys or none, of values or none, layer to store in or none,
   * rotation or none, 1 for interleaved pairs.
   */
  ROTATE,
  /** Layer, slot of queries, slot. */
  ATTEND,
  /** Slot of the gate, slot, slot. */
  SWIGLU,
  /** Slot that is added, slot that is added to. */
  ADD,
  /** Slot, slot of logit rows. */
  TAKE,
  /**
   * Slot, slot that is added to; then of each adapter the vector to its rank or none, the vector
   * from it, the rank and the bits of its scale.
   */
  LOW_RANK
}
