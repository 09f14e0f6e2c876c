package dev.chasqui.engine.backend;

import java.util.Optional;

/**
 * Rotary position embedding, ready to compute: pair i of a head at position p is turned by {@code p
 * * inverseFrequencies[i]}.
 *
 * @param headSize width of one head
 * @param inverseFrequencies one for each rotated pair, in radians per position; values of a head
 *     beyond the pairs stay as they are
 * @param amplitude what cosines and sines are multiplied with: 1, but for YaRN
 * @param pairing which two values make a pair
 * @param stretch how the frequencies change in sequences that are longer than the model was made
 *     for; for most models they do not
 */
public record Rotation(
    int headSize,
    float[] inverseFrequencies,
    float amplitude,
    Pairing pairing,
    Optional<Stretch> stretch) {

  /** Which two values of a head make pair i of n. */
  public enum Pairing {
    /** Values 2i and 2i + 1. */
    INTERLEAVED,
    /** Values i and i + n. */
    HALVES
  }

  /**
   * Dynamic NTK scaling (transformers, modeling_rope_utils.py): in a sequence of L tokens, more
   * than the original context C, all positions turn as with the base {@code theta * (factor * L / C
   * - factor + 1) ^ (d / (d - 2))}, d being twice the pairs.
   *
   * @param theta the base in shorter sequences
   * @param factor how fast it grows
   * @param originalContextLength C
   */
  public record Stretch(float theta, float factor, int originalContextLength) {

    private float base(int sequenceLength, int dimensions) {
      double growth = (double) factor * sequenceLength / originalContextLength - (factor - 1);
      return (float) (theta * Math.pow(growth, dimensions / (dimensions - 2.0)));
    }
  }

  /**
   * Makes a rotation that is the same in sequences of every length.
   *
   * @param headSize width of one head
   * @param inverseFrequencies one for each rotated pair
   * @param amplitude what cosines and sines are multiplied with
   * @param pairing which two values make a pair
   */
  public Rotation(int headSize, float[] inverseFrequencies, float amplitude, Pairing pairing) {
    this(headSize, inverseFrequencies, amplitude, pairing, Optional.empty());
  }

  /**
   * Returns the frequencies of pairs in float32, as {@code 1 / base ^ (2i / dimensions)}.
   *
   * @param base for example 10000
   * @param dimensions twice the number of pairs
   * @return one for each pair, in radians per position
   */
  public static float[] frequencies(float base, int dimensions) {
    float[] frequencies = new float[dimensions / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = (float) (2 * i) / dimensions;
      frequencies[i] = 1 / (float) Math.pow(base, exponent);
    }
    return frequencies;
  }

  /** Copies the array. */
  public Rotation {
    inverseFrequencies = inverseFrequencies.clone();
    if (2 * inverseFrequencies.length > headSize) {
      throw new IllegalArgumentException(
          "%d pairs do not fit a head of %d".formatted(inverseFrequencies.length, headSize));
    }
    if (stretch.isPresent() && inverseFrequencies.length < 2) {
      throw new IllegalArgumentException("a rotation that stretches needs two pairs at least");
    }
  }

  /** Returns the longest sequence in which the frequencies are {@link #inverseFrequencies}. */
  public int stableLength() {
    return stretch.map(Stretch::originalContextLength).orElse(Integer.MAX_VALUE);
  }

  /**
   * Returns the frequencies in a sequence that is longer than the stable length.
   *
   * @param sequenceLength all its tokens
   * @return one for each pair
   */
  float[] stretchedFrequencies(int sequenceLength) {
    float base = stretch.orElseThrow().base(sequenceLength, 2 * pairs());
    return frequencies(base, 2 * pairs());
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
