package dev.chasqui.engine.checkpoint;

/**
 * Rotary position embedding (arXiv 2104.09864) as a checkpoint defines it.
 *
 * @param theta base of the frequencies, for example 10000
 * @param dimensions how many leading values of each head are rotated, even
 * @param pairing which two values make a pair
 * @param scaling how the frequencies were stretched for a longer context
 */
public record Rope(float theta, int dimensions, Pairing pairing, RopeScaling scaling) {

  /** Which two values of a head make a pair. */
  public enum Pairing {
    /** Values 2i and 2i + 1: Meta's and GGUF's order of the rows of the query and key weights. */
    INTERLEAVED,
    /** Values i and i + dimensions / 2: Hugging Face's order. */
    HALVES
  }

  /** Checks the ranges. */
  public Rope {
    if (!(theta > 0) || Float.isInfinite(theta)) {
      throw new IllegalArgumentException("rope theta is " + theta + ": it must be positive");
    }
    if (dimensions < 2 || dimensions % 2 != 0) {
      throw new IllegalArgumentException(
          "rope dimensions are " + dimensions + ": they must be even and at least 2");
    }
    if (scaling instanceof RopeScaling.Dynamic && dimensions < 4) {
      throw new IllegalArgumentException(
          "rope dimensions are " + dimensions + ": dynamic scaling needs at least 4");
    }
  }

  /**
   * Returns the longest sequence whose rotations do not depend on its length. What was computed of
   * a longer one is void when a token comes to it.
   */
  public int stableLength() {
    return scaling instanceof RopeScaling.Dynamic(_, int original) ? original : Integer.MAX_VALUE;
  }
}
