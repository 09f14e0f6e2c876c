package dev.chasqui.engine.backend;

/**
 * Rotary position embedding, ready to compute: pair i of a head at position p is turned by {@code p
 * * inverseFrequencies[i]}.
 *
 * @param headSize width of one head
 * @param inverseFrequencies one for each rotated pair, in radians per position; values of a head
 *     beyond the pairs stay as they are
 * @param amplitude what cosines and sines are multiplied with: 1, but for YaRN
 * @param pairing which two values make a pair
 */
public record Rotation(int headSize, float[] inverseFrequencies, float amplitude, Pairing pairing) {

  /** Which two values of a head make pair i of n. */
  public enum Pairing {
    /** Values 2i and 2i + 1. */
    INTERLEAVED,
    /** Values i and i + n. */
    HALVES
  }

  /** Copies the array. */
  public Rotation {
    inverseFrequencies = inverseFrequencies.clone();
    if (2 * inverseFrequencies.length > headSize) {
      throw new IllegalArgumentException(
          "%d pairs do not fit a head of %d".formatted(inverseFrequencies.length, headSize));
    }
  }

  /** Returns a copy of the frequencies. */
  @Override
  public float[] inverseFrequencies() {
    return inverseFrequencies.clone();
  }

  /** Returns the number of rotated pairs of a head. */
  public int pairs() {
    return inverseFrequencies.length;
  }
}
