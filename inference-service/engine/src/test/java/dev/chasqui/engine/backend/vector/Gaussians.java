package dev.chasqui.engine.backend.vector;

import java.util.Random;

/** Random values. */
final class Gaussians {

  private Gaussians() {}

  static float[] of(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
