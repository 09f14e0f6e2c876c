package dev.chasqui.engine.checkpoint;

/** How rotary frequencies were changed for a context longer than the one trained first. */
public sealed interface RopeScaling {

  /** Not at all. */
  record None() implements RopeScaling {}

  /**
   * Positions divided by a factor (arXiv 2306.15595).
   *
   * @param factor the divisor
   */
  record Linear(float factor) implements RopeScaling {}

  /**
   * Dynamic NTK: the base grows with the sequence once that is longer than the original context.
   *
   * @param factor how fast
   * @param originalContextLength up to where nothing changes
   */
  record Dynamic(float factor, int originalContextLength) implements RopeScaling {

    /** Checks the ranges. */
    public Dynamic {
      if (!(factor >= 1) || Float.isInfinite(factor) || originalContextLength < 1) {
        throw new IllegalArgumentException(
            "dynamic rope scaling has factor %s and original context %d: expected at least 1"
                .formatted(factor, originalContextLength));
      }
    }
  }

  /**
   * Each frequency divided by its own factor: what a GGUF file holds as {@code rope_freqs.weight}.
   *
   * @param divisors one for each pair
   */
  record Divisors(float[] divisors) implements RopeScaling {

    /** Copies the array. */
    public Divisors {
      divisors = divisors.clone();
    }

    /** Returns a copy of the divisors. */
    @Override
    public float[] divisors() {
      return divisors.clone();
    }
  }

  /**
   * Llama 3.1's rule: low frequencies divided by a factor, high ones kept, smooth between.
   *
   * @param factor divisor of the low frequencies
   * @param lowFrequencyFactor original context over the wavelength where "low" begins
   * @param highFrequencyFactor original context over the wavelength where "high" begins
   * @param originalContextLength context length before the stretch
   */
  record Llama3(
      float factor, float lowFrequencyFactor, float highFrequencyFactor, int originalContextLength)
      implements RopeScaling {}

  /**
   * YaRN (arXiv 2309.00071).
   *
   * @param factor the stretch
   * @param originalContextLength context length before it
   * @param betaFast rotations within the original context above which a frequency is kept
   * @param betaSlow rotations below which it is divided by the factor
   * @param attentionFactor what cosines and sines are multiplied with
   */
  record Yarn(
      float factor,
      int originalContextLength,
      float betaFast,
      float betaSlow,
      float attentionFactor)
      implements RopeScaling {}
}
