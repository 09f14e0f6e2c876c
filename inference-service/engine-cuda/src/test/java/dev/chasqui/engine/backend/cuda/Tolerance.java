package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.model.GoldenModel;

/**
 * By how much logits may be off float32, given how activations are stored. A value of bfloat16 has
 * 8 bits: each rounding moves it by 1/512 of itself at most, at random. The small models of the
 * goldens have logits of about 1 behind 2 to 4 layers; what was measured on the emulated device
 * stays below half of these.
 */
final class Tolerance {

  static final float OF_F32 = 1e-3f;
  static final float OF_F16 = 1e-2f;
  static final float OF_BF16 = 6e-2f;

  private Tolerance() {}

  static float of(GoldenModel model) {
    String name = model.toString();
    if (name.endsWith("F32")) {
      return OF_F32;
    }
    return name.endsWith("-F16") || name.endsWith(" F16") ? OF_F16 : OF_BF16;
  }
}
