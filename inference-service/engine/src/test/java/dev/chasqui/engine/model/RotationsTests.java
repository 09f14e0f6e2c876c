package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.checkpoint.Rope;
import dev.chasqui.engine.checkpoint.RopeScaling;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RotationsTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-llama1-mha",
        "02-llama2-gqa",
        "03-codellama",
        "04-llama3",
        "05-llama31",
        "06-llama32",
        "07-yarn",
        "07b-yarn-attnfactor",
        "08-linear"
      })
  void computesTheFrequenciesOfTransformers(String model) throws IOException {
    JsonNode golden = golden().get(model);
    int headSize = golden.get("headSize").intValue();
    Rotation rotation = Rotations.of(rope(golden.get("parameters"), headSize), headSize);
    float[] frequencies = rotation.inverseFrequencies();
    JsonNode expected = golden.get("inv_freq");
    assertThat(frequencies).hasSize(expected.size());
    for (int i = 0; i < frequencies.length; i++) {
      double frequency = expected.get(i).doubleValue();
      assertThat((double) frequencies[i]).isCloseTo(frequency, within(3e-7 * frequency));
    }
    assertThat((double) rotation.amplitude())
        .isCloseTo(golden.get("attention_scaling").doubleValue(), within(1e-6));
  }

  @Test
  void dividesEachFrequencyByItsOwnDivisor() {
    RopeScaling divisors = new RopeScaling.Divisors(new float[] {1, 8});
    Rope rope = new Rope(10000, 4, Rope.Pairing.HALVES, divisors);
    Rotation rotation = Rotations.of(rope, 6);
    assertThat(rotation.inverseFrequencies()).containsExactly(1, 0.01f / 8);
    assertThat(rotation.pairing()).isEqualTo(Rotation.Pairing.HALVES);
  }

  private static Rope rope(JsonNode parameters, int headSize) {
    float theta = parameters.get("rope_theta").floatValue();
    return new Rope(theta, headSize, Rope.Pairing.HALVES, scaling(parameters));
  }

  private static RopeScaling scaling(JsonNode parameters) {
    float factor = number(parameters, "factor", 1);
    int original = (int) number(parameters, "original_max_position_embeddings", 0);
    return switch (parameters.get("rope_type").stringValue()) {
      case "linear" -> new RopeScaling.Linear(factor);
      case "llama3" ->
          new RopeScaling.Llama3(
              factor,
              number(parameters, "low_freq_factor", 0),
              number(parameters, "high_freq_factor", 0),
              original);
      case "yarn" ->
          new RopeScaling.Yarn(
              factor,
              original,
              number(parameters, "beta_fast", 32),
              number(parameters, "beta_slow", 1),
              number(parameters, "attention_factor", (float) (0.1 * Math.log(factor) + 1)));
      default -> new RopeScaling.None();
    };
  }

  private static float number(JsonNode parameters, String name, float absent) {
    return parameters.has(name) ? parameters.get(name).floatValue() : absent;
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in = RotationsTests.class.getResourceAsStream("/golden/rope.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }
}
