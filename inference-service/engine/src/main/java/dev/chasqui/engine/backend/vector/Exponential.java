package dev.chasqui.engine.backend.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * e^x on vectors, within 2 units in the last place: the polynomial of Cephes' {@code expf}.
 *
 * <p>{@code VectorOperators.EXP} is not used: it gives other bits in the interpreter than in
 * compiled code.
 */
final class Exponential {

  private static final float HIGHEST = 88.376f;
  private static final float LOWEST = -87.336f;
  private static final float LOG2_E = 1.44269504088896341f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  /** Adding it rounds to a whole number, which then stands in the low bits. */
  private static final float ROUND = 0x1.8p23f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
  private static final int EXPONENT_BIAS = 127;
  private static final int EXPONENT_SHIFT = 23;

  private Exponential() {}

  /** Returns e^x; 0 below -87.3, infinity above 88.3, NaN for NaN. */
  static FloatVector of(FloatVector x) {
    FloatVector bounded = x.min(HIGHEST).max(LOWEST);
    FloatVector shifted = bounded.mul(LOG2_E).add(ROUND);
    FloatVector power = shifted.sub(ROUND);
    FloatVector rest = bounded.sub(power.mul(LN2_HIGH)).sub(power.mul(LN2_LOW));
    FloatVector result = polynomial(rest).mul(twoTo(shifted));
    return result
        .blend(0f, x.lt(LOWEST))
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, HIGHEST));
  }

  private static FloatVector polynomial(FloatVector r) {
    FloatVector y = r.mul(1.9875691500e-4f).add(1.3981999507e-3f);
    y = y.mul(r).add(8.3334519073e-3f);
    y = y.mul(r).add(4.1665795894e-2f);
    y = y.mul(r).add(1.6666665459e-1f);
    y = y.mul(r).add(5.0000001201e-1f);
    return y.mul(r).mul(r).add(r).add(1f);
  }

  private static FloatVector twoTo(FloatVector shifted) {
    IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
    return power
        .add(EXPONENT_BIAS)
        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
        .reinterpretAsFloats();
  }
}
