package dev.chasqui.engine.checkpoint;

import java.util.Optional;

/** What GGUF stores of a rotary embedding as a tensor (llama.cpp, convert_hf_to_gguf.py). */
final class RopeFrequencies {

  private RopeFrequencies() {}

  /** Returns what each frequency is divided by, for the scalings that are written this way. */
  static Optional<float[]> divisors(Rope rope) {
    return switch (rope.scaling()) {
      case RopeScaling.Divisors each -> Optional.of(each.divisors());
      case RopeScaling.Llama3 llama3 -> Optional.of(divisors(rope, llama3));
      case RopeScaling.None _, RopeScaling.Linear _, RopeScaling.Yarn _, RopeScaling.Dynamic _ ->
          Optional.empty();
    };
  }

  private static float[] divisors(Rope rope, RopeScaling.Llama3 rule) {
    float[] divisors = new float[rope.dimensions() / 2];
    double low = rule.lowFrequencyFactor();
    double high = rule.highFrequencyFactor();
    for (int i = 0; i < divisors.length; i++) {
      double frequency = 1 / Math.pow(rope.theta(), 2.0 * i / rope.dimensions());
      double rotations = rule.originalContextLength() * frequency / (2 * Math.PI);
      double kept = Math.clamp((rotations - low) / (high - low), 0.0, 1.0);
      divisors[i] = (float) (1 / ((1 - kept) / rule.factor() + kept));
    }
    return divisors;
  }
}
