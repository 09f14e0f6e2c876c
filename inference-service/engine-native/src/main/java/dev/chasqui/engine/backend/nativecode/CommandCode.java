package dev.chasqui.engine.backend.nativecode;

/**
 * The commands of the library (program.h), with their operands. Slots, vectors, matrices and
 * rotations are indices.
 */
enum CommandCode {
  /** Slot: gets the step's embeddings. */
  EMBED,
  /** Slot, gain vector, bits of epsilon, slot. */
  NORM,
  /** Slot, 0 or 1 + the adapter that it belongs to, count, then matrix and slot of each. */
  PROJECT,
  /** Slot, vector. */
  ADD_BIAS,
  /** Slot, rotation, head size, pairs, 1 for interleaved pairs. */
  ROTATE,
  /** Layer, slot of keys, slot of values. */
  STORE,
  /** Layer, slot of queries, slot. */
  ATTEND,
  /** Slot of the gate, slot, slot. */
  SWIGLU,
  /** Slot that is added, slot that is added to. */
  ADD,
  /** Slot, slot of logit rows. */
  TAKE,
  /** Slot whose values are rounded to int8 beside their float32. */
  QUANTISE,
  /** 1 + an adapter, slot that is added where rows ask for it, slot that is added to. */
  ADD_ADAPTED
}
