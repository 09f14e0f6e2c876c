package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.Slot;

/** What one launch computes: an op, or several that touch the same values. */
sealed interface FusedOp {

  /**
   * An op by itself.
   *
   * @param op as the program has it
   */
  record Single(Op op) implements FusedOp {}

  /**
   * A product that is added to the residual stream at once.
   *
   * @param in what is multiplied
   * @param projection its weight; its slot is not written
   * @param onto what is added to
   */
  record ProjectOnto(Slot in, Op.Projection projection, Slot onto) implements FusedOp {}

  /**
   * A sum that is normalised while it is at hand.
   *
   * @param add the sum
   * @param norm of what was added to
   */
  record AddNorm(Op.Add add, Op.RmsNorm norm) implements FusedOp {}

  /**
   * Queries and keys are turned, keys and values stored.
   *
   * @param queries turned in place
   * @param rotation by how much
   * @param store keys, which stay as they are, and values
   */
  record RotateStore(Slot queries, Rotation rotation, Op.StoreKv store) implements FusedOp {}
}
