package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.TokenIds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A tiny checkpoint of the goldens, with what it must compute. */
record GoldenModel(String folder, String type) {

  static final GoldenModel LLAMA_3_2 = new GoldenModel("gguf-06-llama32", "Q8_0");
  static final GoldenModel LLAMA_3 = new GoldenModel("gguf-04-llama3", "Q8_0");

  /** A prompt, the logits behind it, the best tokens behind each of its own, a greedy answer. */
  record Example(TokenIds prompt, float[] lastLogits, List<TokenIds> top5, TokenIds greedy) {}

  /** The scalar backend, 128 blocks of 8 tokens, 16 sequences, 32 prompt tokens a step. */
  EngineOptions options() {
    return EngineOptions.of(path())
        .withBackend("scalar")
        .withThreads(2)
        .withCache(new EngineOptions.Cache(OptionalInt.of(256), OptionalInt.of(1024), 8))
        .withBatch(new EngineOptions.Batch(16, 32));
  }

  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (JsonNode prompt : golden().get("prompts")) {
      examples.add(
          new Example(
              ids(prompt.get("tokens")),
              floats(prompt.get("last_logits")),
              prompt.get("top5_ids").valueStream().map(GoldenModel::ids).toList(),
              ids(prompt.get("greedy"))));
    }
    return examples;
  }

  private Path path() {
    try {
      return Path.of(resource("model-" + type + ".gguf").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode golden() {
    try (InputStream stream = resource("golden-" + type + ".json").openStream()) {
      return new ObjectMapper().readTree(stream);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private URL resource(String name) {
    String path = "/golden/" + folder + "/" + name;
    return Objects.requireNonNull(GoldenModel.class.getResource(path), path);
  }

  private static float[] floats(JsonNode numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers.get(i).asDouble();
    }
    return floats;
  }

  private static TokenIds ids(JsonNode ids) {
    return TokenIds.of(ids.valueStream().mapToInt(JsonNode::asInt).toArray());
  }
}
