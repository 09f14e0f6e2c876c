package dev.chasqui.engine.runtime;

import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.sample.LogitRow;

/** One row after the other of a step's logits, by one view and one copy for all. */
final class ComputedRow implements LogitRow {

  private final float[] copy;
  private Logits logits;
  private int row;
  private boolean copied;

  ComputedRow(int outputs) {
    this.copy = new float[outputs];
    this.logits = new Logits(copy, 0, outputs);
  }

  /** Turns to a row of logits. */
  LogitRow at(Logits of, int logitRow) {
    logits = of;
    row = logitRow;
    copied = false;
    return this;
  }

  @Override
  public float[] values() {
    if (!copied) {
      logits.copyRow(row, copy);
      copied = true;
    }
    return copy;
  }

  @Override
  public int greatest() {
    return logits.greatest(row);
  }
}
