package dev.chasqui.engine.backend;

import dev.chasqui.engine.tensor.Tensor;

/**
 * What an adapter adds to the product of one weight: {@code out += scale * (in * downᵀ) * upᵀ}
 * (LoRA, arXiv 2106.09685, where they are A and B).
 *
 * @param down {@code [rank, K]}
 * @param up {@code [N, rank]}
 * @param scale factor of the sum: alpha / rank, or alpha / √rank of rsLoRA (arXiv 2312.03732)
 */
public record LowRank(Tensor down, Tensor up, float scale) {

  /** Checks that the two matrices have one rank. */
  public LowRank {
    if (down.rows() != up.columns()) {
      throw new IllegalArgumentException(
          "%s has rank %d, %s has %d".formatted(down.name(), down.rows(), up.name(), up.columns()));
    }
    if (!Float.isFinite(scale)) {
      throw new IllegalArgumentException(
          "the scale of " + down.name() + " is " + scale + ": it must be finite");
    }
  }

  /**
   * Returns this change, which must fit a weight.
   *
   * @param weight whose product it is added to
   * @return this
   * @throws IllegalArgumentException if it does not fit
   */
  LowRank fitting(Weight weight) {
    if (down.columns() != weight.columns() || up.rows() != weight.rows()) {
      throw new IllegalArgumentException(
          "a change of [%d, %d] does not fit weight %s of [%d, %d]"
              .formatted(
                  up.rows(), down.columns(), weight.name(), weight.rows(), weight.columns()));
    }
    return this;
  }

  /** Returns the number of values between the two products. */
  public int rank() {
    return down.rows();
  }
}
