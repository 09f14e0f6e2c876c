package dev.chasqui.engine.tensor;

/**
 * Finds scale and minimum of 32 values in 16 levels by least squares, greater values weighing more
 * (ggml-quants.c, {@code make_qkx2_quants}).
 */
final class SubblockFit {

  static final int VALUES = 32;

  private static final int TOP = 15;
  private static final int TRIES = 20;

  private final float[] weights = new float[VALUES];
  private final int[] levels = new int[VALUES];
  private float scale;
  private float minimum;
  private float error;

  float scale() {
    return scale;
  }

  /** Zero or less. */
  float minimum() {
    return minimum;
  }

  /** Fits the values that begin at an index. */
  void fit(float[] x, int at) {
    weigh(x, at);
    float least = x[at];
    float greatest = x[at];
    for (int i = 1; i < VALUES; i++) {
      least = Math.min(least, x[at + i]);
      greatest = Math.max(greatest, x[at + i]);
    }
    minimum = Math.min(least, 0);
    scale = 0;
    if (greatest == minimum) {
      return;
    }
    float inverse = TOP / (greatest - minimum);
    scale = 1 / inverse;
    place(x, at, inverse);
    error = errorOf(x, at, scale, minimum);
    for (int i = 0; i <= TRIES; i++) {
      place(x, at, (-1 + 0.1f * i + TOP) / (greatest - minimum));
      improve(x, at);
    }
  }

  private void weigh(float[] x, int at) {
    float squares = 0;
    for (int i = 0; i < VALUES; i++) {
      squares += x[at + i] * x[at + i];
    }
    float average = (float) Math.sqrt(squares / VALUES);
    for (int i = 0; i < VALUES; i++) {
      weights[i] = average + Math.abs(x[at + i]);
    }
  }

  /** From the minimum found so far, as in the reference. */
  private void place(float[] x, int at, float inverse) {
    for (int i = 0; i < VALUES; i++) {
      levels[i] = Math.clamp((long) Math.rint(inverse * (x[at + i] - minimum)), 0, TOP);
    }
  }

  /** Takes the best line through the levels if it is nearer than the one so far. */
  private void improve(float[] x, int at) {
    float w = 0;
    float wx = 0;
    float wl = 0;
    float wll = 0;
    float wxl = 0;
    for (int i = 0; i < VALUES; i++) {
      int l = levels[i];
      w += weights[i];
      wx += weights[i] * x[at + i];
      wl += weights[i] * l;
      wll += weights[i] * l * l;
      wxl += weights[i] * l * x[at + i];
    }
    float determinant = w * wll - wl * wl;
    if (!(determinant > 0)) {
      return;
    }
    float slope = (w * wxl - wx * wl) / determinant;
    float low = (wll * wx - wl * wxl) / determinant;
    if (low > 0) {
      low = 0;
      slope = wxl / wll;
    }
    float reached = errorOf(x, at, slope, low);
    if (reached < error) {
      error = reached;
      scale = slope;
      minimum = low;
    }
  }

  private float errorOf(float[] x, int at, float slope, float low) {
    float sum = 0;
    for (int i = 0; i < VALUES; i++) {
      float difference = slope * levels[i] + low - x[at + i];
      sum += weights[i] * (difference * difference);
    }
    return sum;
  }
}
