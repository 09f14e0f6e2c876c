package dev.chasqui.engine.model;

import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.checkpoint.Rope;
import dev.chasqui.engine.checkpoint.RopeScaling;
import java.util.Optional;

/**
 * Computes rotary frequencies in float32, step by step as Hugging Face's {@code
 * modeling_rope_utils.py} does, so that the angles of far positions agree.
 */
final class Rotations {

  private Rotations() {}

  static Rotation of(Rope rope, int headSize) {
    float[] frequencies = Rotation.frequencies(rope.theta(), rope.dimensions());
    float amplitude =
        switch (rope.scaling()) {
          case RopeScaling.None _, RopeScaling.Dynamic _ -> 1;
          case RopeScaling.Linear linear -> divideAll(frequencies, linear.factor());
          case RopeScaling.Divisors each -> divideEach(frequencies, each.divisors());
          case RopeScaling.Llama3 llama3 -> llama3(frequencies, llama3);
          case RopeScaling.Yarn yarn -> yarn(frequencies, rope, yarn);
        };
    return new Rotation(headSize, frequencies, amplitude, pairing(rope), stretch(rope));
  }

  private static Optional<Rotation.Stretch> stretch(Rope rope) {
    return rope.scaling() instanceof RopeScaling.Dynamic(float factor, int original)
        ? Optional.of(new Rotation.Stretch(rope.theta(), factor, original))
        : Optional.empty();
  }

  private static Rotation.Pairing pairing(Rope rope) {
    return switch (rope.pairing()) {
      case INTERLEAVED -> Rotation.Pairing.INTERLEAVED;
      case HALVES -> Rotation.Pairing.HALVES;
    };
  }

  private static float divideAll(float[] frequencies, float divisor) {
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= divisor;
    }
    return 1;
  }

  private static float divideEach(float[] frequencies, float[] divisors) {
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= divisors[i];
    }
    return 1;
  }

  private static float llama3(float[] frequencies, RopeScaling.Llama3 rule) {
    double original = rule.originalContextLength();
    double low = rule.lowFrequencyFactor();
    double high = rule.highFrequencyFactor();
    for (int i = 0; i < frequencies.length; i++) {
      double rotations = original * frequencies[i] / (2 * Math.PI);
      double kept = Math.clamp((rotations - low) / (high - low), 0.0, 1.0);
      frequencies[i] =
          (float) ((1 - kept) * frequencies[i] / rule.factor() + kept * frequencies[i]);
    }
    return 1;
  }

  private static float yarn(float[] frequencies, Rope rope, RopeScaling.Yarn rule) {
    double low = Math.max(Math.floor(yarnPair(rope, rule, rule.betaFast())), 0);
    double high = Math.min(Math.ceil(yarnPair(rope, rule, rule.betaSlow())), rope.dimensions() - 1);
    double width = Math.max(high - low, 0.001);
    for (int i = 0; i < frequencies.length; i++) {
      double divided = Math.clamp((i - low) / width, 0.0, 1.0);
      frequencies[i] =
          (float) (divided * frequencies[i] / rule.factor() + (1 - divided) * frequencies[i]);
    }
    return rule.attentionFactor();
  }

  /** Returns the pair that turns so many times within the original context. */
  private static double yarnPair(Rope rope, RopeScaling.Yarn rule, float rotations) {
    double wavelengths = rule.originalContextLength() / (rotations * 2 * Math.PI);
    return rope.dimensions() * Math.log(wavelengths) / (2 * Math.log(rope.theta()));
  }
}
