package dev.chasqui.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.SamplingParameters.Penalties;
import dev.chasqui.engine.api.SamplingParameters.TopPRule;
import dev.chasqui.engine.api.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Holds the sampler to the distributions of Hugging Face's logits processors. */
class SamplingGoldenTests {

  private static final Set<String> TIED = Set.of("ties6", "flat8", "wide12");

  private final JsonNode golden = read();

  @TestFactory
  List<DynamicTest> givesTheDistributionOfTheReference() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode example : golden.get("hf_cases")) {
      String name = example.get("logits_name").asString() + " " + example.get("ops");
      tests.add(DynamicTest.dynamicTest(name, () -> check(example)));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> keepsWhatMetasTopPKeeps() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode example : golden.get("meta_sample_top_p")) {
      float temperature = (float) example.get("temperature").asDouble();
      float topP = (float) example.get("top_p").asDouble();
      String logits = example.get("logits_name").asString();
      String name = "%s T %s top-p %s".formatted(logits, temperature, topP);
      SamplingParameters parameters =
          new SamplingParameters(
              temperature, 0, topP, 0, Penalties.NONE, Map.of(), 0, TopPRule.META);
      tests.add(DynamicTest.dynamicTest(name, () -> check(example, parameters, TokenIds.empty())));
    }
    assertThat(tests).hasSize(48);
    return tests;
  }

  private void check(JsonNode example) {
    check(example, parameters(example), TokenIds.of(ints(example.get("history"))));
  }

  private void check(JsonNode example, SamplingParameters parameters, TokenIds history) {
    String name = example.get("logits_name").asString();
    float[] logits = floats(golden.get("logits").get(name));
    AnswerDraw draw = new AnswerDraw(parameters, 0, history);
    double[] actual = new Sampler(logits.length).probabilities(logits, draw);
    double[] expected = doubles(example.get("probs"));
    if (TIED.contains(name)) {
      Arrays.sort(actual);
      Arrays.sort(expected);
    }
    assertThat(actual).containsExactly(expected, within(1e-6));
  }

  private static SamplingParameters parameters(JsonNode example) {
    float temperature = 1;
    int topK = 0;
    float topP = 1;
    float minP = 0;
    float repetition = 1;
    for (JsonNode op : example.get("ops")) {
      float value = (float) op.get(1).asDouble();
      switch (op.get(0).asString()) {
        case "temperature" -> temperature = value;
        case "top_k" -> topK = (int) value;
        case "top_p" -> topP = value;
        case "min_p" -> minP = value;
        case "repetition_penalty" -> repetition = value;
        default -> throw new AssertionError(op);
      }
    }
    Penalties penalties = new Penalties(repetition, 0, 0);
    return new SamplingParameters(temperature, topK, topP, minP, penalties, Map.of(), 0);
  }

  private static JsonNode read() {
    try (InputStream golden =
        SamplingGoldenTests.class.getResourceAsStream("sampling-golden.json")) {
      return new ObjectMapper().readTree(golden);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] doubles(JsonNode numbers) {
    return numbers.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static int[] ints(JsonNode numbers) {
    return numbers.valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  private static float[] floats(JsonNode numbers) {
    double[] doubles = doubles(numbers);
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
