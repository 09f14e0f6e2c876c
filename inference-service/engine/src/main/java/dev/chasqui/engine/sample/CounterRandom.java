package dev.chasqui.engine.sample;

/**
 * Random numbers that depend on a counter alone, so that a resumed answer goes on with its draw.
 *
 * <p>The finalizer is variant 13 of Stafford's, as in SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", OOPSLA 2014); seed, choice and position enter one
 * after the other, each followed by a finalizer.
 */
final class CounterRandom {

  /** 2^64 divided by the golden ratio, made odd: the increment of SplitMix64. */
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /**
   * Returns the random number of one token.
   *
   * @param seed seed of the request
   * @param choice which of its answers
   * @param position position of the token in the answer
   * @return a number in [0, 1), a multiple of 2^-53
   */
  static double unit(long seed, int choice, int position) {
    long bits = finalized(seed + GOLDEN_GAMMA);
    bits = finalized(bits + GOLDEN_GAMMA * (choice + 1L));
    bits = finalized(bits + GOLDEN_GAMMA * (position + 1L));
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static long finalized(long bits) {
    bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
    return bits ^ (bits >>> 31);
  }
}
