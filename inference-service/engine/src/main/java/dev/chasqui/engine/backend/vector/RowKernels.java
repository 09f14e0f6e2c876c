package dev.chasqui.engine.backend.vector;

import static dev.chasqui.engine.backend.vector.Lanes.COUNT;
import static dev.chasqui.engine.backend.vector.Lanes.FLOATS;

import dev.chasqui.engine.backend.Rotation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The maths between the projections, a range of values at a time. */
final class RowKernels {

  private RowKernels() {}

  /** RMSNorm of one row of {@code gain.length} values that begins at {@code at}. */
  static void rmsNorm(float[] in, int at, float[] gain, float epsilon, float[] out) {
    int width = gain.length;
    float mean = sumOfSquares(in, at, width) / width;
    float factor = (float) (1.0 / Math.sqrt(mean + epsilon));
    int i = 0;
    for (; i <= width - COUNT; i += COUNT) {
      FloatVector scaled = FloatVector.fromArray(FLOATS, in, at + i).mul(factor);
      scaled.mul(FloatVector.fromArray(FLOATS, gain, i)).intoArray(out, at + i);
    }
    for (; i < width; i++) {
      out[at + i] = in[at + i] * factor * gain[i];
    }
  }

  private static float sumOfSquares(float[] in, int at, int width) {
    FloatVector sums = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= width - COUNT; i += COUNT) {
      FloatVector v = FloatVector.fromArray(FLOATS, in, at + i);
      sums = v.fma(v, sums);
    }
    float sum = inOrder(sums);
    for (; i < width; i++) {
      sum += in[at + i] * in[at + i];
    }
    return sum;
  }

  /** The sum of the lanes, first to last: {@code reduceLanes} may take any order. */
  private static float inOrder(FloatVector lanes) {
    float sum = 0;
    for (int lane = 0; lane < COUNT; lane++) {
      sum += lanes.lane(lane);
    }
    return sum;
  }

  /**
   * Turns the pairs of one row of heads.
   *
   * @param heads the values, in place
   * @param at where the row begins
   * @param width values of the row
   * @param rotation pairing and number of pairs
   * @param angles cosines and sines, from {@code anglesAt}
   */
  static void rotate(
      float[] heads,
      int at,
      int width,
      Rotation rotation,
      float[] cosines,
      float[] sines,
      int anglesAt) {
    int pairs = rotation.pairs();
    int step = rotation.pairing() == Rotation.Pairing.INTERLEAVED ? 2 : 1;
    int other = rotation.pairing() == Rotation.Pairing.INTERLEAVED ? 1 : pairs;
    for (int head = at; head < at + width; head += rotation.headSize()) {
      for (int pair = 0; pair < pairs; pair++) {
        int i = head + step * pair;
        float a = heads[i];
        float b = heads[i + other];
        float cosine = cosines[anglesAt + pair];
        float sine = sines[anglesAt + pair];
        heads[i] = a * cosine - b * sine;
        heads[i + other] = a * sine + b * cosine;
      }
    }
  }

  /** {@code out = gate / (1 + e^-gate) * up} for values from to end - 1. */
  static void swiGlu(float[] gate, float[] up, float[] out, int from, int end) {
    int i = from;
    for (; i <= end - COUNT; i += COUNT) {
      FloatVector g = FloatVector.fromArray(FLOATS, gate, i);
      swiGlu(g, FloatVector.fromArray(FLOATS, up, i)).intoArray(out, i);
    }
    if (i < end) {
      VectorMask<Float> exist = FLOATS.indexInRange(i, end);
      FloatVector g = FloatVector.fromArray(FLOATS, gate, i, exist);
      swiGlu(g, FloatVector.fromArray(FLOATS, up, i, exist)).intoArray(out, i, exist);
    }
  }

  private static FloatVector swiGlu(FloatVector gate, FloatVector up) {
    return gate.div(Exponential.of(gate.neg()).add(1f)).mul(up);
  }

  /** {@code to += term} for values from to end - 1. */
  static void add(float[] term, float[] to, int from, int end) {
    int i = from;
    for (; i <= end - COUNT; i += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOATS, to, i);
      sum.add(FloatVector.fromArray(FLOATS, term, i)).intoArray(to, i);
    }
    for (; i < end; i++) {
      to[i] += term[i];
    }
  }

  /**
   * Softmax without the division: scores become {@code e^((score - greatest) * scale)}.
   *
   * @param scores in place
   * @param at where they begin; whole vectors of them can be read
   * @param count how many there are
   * @param scale positive factor of the scores
   * @return the sum of the results, what they are to be divided by
   */
  static float exponentials(float[] scores, int at, int count, float scale) {
    float greatest = greatest(scores, at, count);
    FloatVector sums = FloatVector.zero(FLOATS);
    for (int i = 0; i < count; i += COUNT) {
      VectorMask<Float> beyond = FLOATS.indexInRange(i, count).not();
      FloatVector s = FloatVector.fromArray(FLOATS, scores, at + i);
      FloatVector e = Exponential.of(s.sub(greatest).mul(scale)).blend(0f, beyond);
      e.intoArray(scores, at + i);
      sums = sums.add(e);
    }
    return inOrder(sums);
  }

  private static float greatest(float[] scores, int at, int count) {
    FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= count - COUNT; i += COUNT) {
      greatest = greatest.max(FloatVector.fromArray(FLOATS, scores, at + i));
    }
    float most = Float.NEGATIVE_INFINITY;
    for (int lane = 0; lane < COUNT; lane++) {
      most = Math.max(most, greatest.lane(lane));
    }
    for (; i < count; i++) {
      most = Math.max(most, scores[at + i]);
    }
    return most;
  }
}
