package dev.chasqui.engine.sample;

/**
 * The logits of one position where they were computed. Who needs only the best of them leaves the
 * rest where it is. Valid during the call that hands it over.
 */
public interface LogitRow {

  /** Returns a copy of all logits {@code [vocabulary]}, the same one every time. */
  float[] values();

  /**
   * Returns the token id with the greatest logit, the smallest where several are equal, if the
   * backend found it; else, and where a logit is not finite, a negative number.
   */
  int greatest();
}
