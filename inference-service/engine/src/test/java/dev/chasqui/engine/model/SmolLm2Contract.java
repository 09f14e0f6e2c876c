package dev.chasqui.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained model, SmolLM2-135M-Instruct in Q4_1, gives the reference's numbers. Skipped where the
 * file was not fetched: it is looked for in {@code chasqui-checks} under the user's cache.
 */
public abstract class SmolLm2Contract {

  private static final KvShape KV = new KvShape(16, 16);
  private static final int[] BLOCKS = IntStream.range(0, KV.blocks()).toArray();

  private Checkpoint checkpoint;
  private Transformer transformer;

  /** Returns the backend to test. */
  protected abstract Backend backend();

  /** Returns by how much a logit may be off. */
  protected abstract float tolerance();

  @BeforeEach
  void load() {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "chasqui-checks");
    Path file = cache.resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
    assumeThat(Files.exists(file)).as("the default model was fetched to %s", file).isTrue();
    checkpoint = Checkpoints.open(file);
    transformer = Transformer.load(checkpoint, backend(), KV);
  }

  @AfterEach
  void close() {
    if (checkpoint != null) {
      transformer.close();
      checkpoint.close();
    }
  }

  @Test
  void answersAsTheReference() throws IOException {
    JsonNode golden = prompts().get(0);
    int[] tokens = ints(golden.get("ids"));
    int[] logitRow = {tokens.length - 1};
    Slice prompt = new Slice(0, tokens.length, 0, BLOCKS);
    Logits logits = transformer.forward(new Step(tokens, List.of(prompt), logitRow));
    checkBest(logits.row(0), golden);
    int[] expected = ints(golden.get("greedy"));
    int[] greedy = new int[expected.length];
    for (int i = 0; i < expected.length; i++) {
      greedy[i] = logits.argmax(0);
      Slice slice = new Slice(0, 1, tokens.length + i, BLOCKS);
      logits = transformer.forward(new Step(new int[] {greedy[i]}, List.of(slice), new int[] {0}));
    }
    assertThat(greedy).containsExactly(expected);
  }

  private void checkBest(float[] logits, JsonNode golden) {
    for (int i = 0; i < 10; i++) {
      double expected = golden.get("top10_logits").get(i).doubleValue();
      float actual = logits[golden.get("top10_ids").get(i).intValue()];
      assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(tolerance());
    }
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static JsonNode prompts() throws IOException {
    try (InputStream in =
        SmolLm2Contract.class.getResourceAsStream("/golden/smollm2/golden.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }
}
