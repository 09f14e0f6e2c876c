package dev.chasqui.engine.backend;

/**
 * A named place for activations: float32, row-major, {@code [rows, width]}.
 *
 * @param name unique in its program
 * @param width values of a row
 * @param rows how many rows it has in a step
 */
public record Slot(String name, int width, Rows rows) {

  /** How many rows a slot has in a step. */
  public enum Rows {
    /** One for each token of the step. */
    TOKENS,
    /** One for each row whose logits are asked for. */
    LOGITS
  }

  /** Checks the width. */
  public Slot {
    if (width < 1) {
      throw new IllegalArgumentException("slot " + name + " has width " + width);
    }
  }
}
