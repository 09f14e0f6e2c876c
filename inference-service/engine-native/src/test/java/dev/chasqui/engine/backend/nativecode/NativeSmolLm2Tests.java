package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import dev.chasqui.engine.model.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained model whose weights ask for activations of int8: it goes on as the reference wherever
 * that was sure. Skipped where the model was not fetched.
 */
class NativeSmolLm2Tests {

  private static final KvShape KV = new KvShape(16, 16);
  private static final int[] BLOCKS = IntStream.range(0, KV.blocks()).toArray();

  /** The reference's lead below which another token may come first. */
  private static final double SURE = 0.35;

  @Test
  void answersAsTheReferenceWhereThatIsSure() throws IOException {
    Library.variants();
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "chasqui-checks");
    Path file = cache.resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
    assumeThat(Files.exists(file)).as("the default model was fetched to %s", file).isTrue();
    try (Checkpoint checkpoint = Checkpoints.open(file);
        Transformer model = Transformer.load(checkpoint, Library.best(2), KV)) {
      for (JsonNode golden : prompts()) {
        checkAnswer(model, golden);
      }
    }
  }

  private static void checkAnswer(Transformer model, JsonNode golden) {
    int[] tokens = ints(golden.get("ids"));
    int[] expected = ints(golden.get("greedy"));
    Slice prompt = new Slice(0, tokens.length, 0, BLOCKS);
    Logits logits = model.forward(new Step(tokens, List.of(prompt), new int[] {tokens.length - 1}));
    for (int i = 0; i < expected.length; i++) {
      int token = logits.argmax(0);
      if (token != expected[i]) {
        assertThat(golden.get("margins").get(i).doubleValue())
            .as("lead at token %d of %s, where the answers part", i, golden.get("name"))
            .isLessThan(SURE);
        return;
      }
      Slice slice = new Slice(0, 1, tokens.length + i, BLOCKS);
      logits = model.forward(new Step(new int[] {token}, List.of(slice), new int[] {0}));
    }
  }

  private static int[] ints(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static JsonNode prompts() throws IOException {
    try (InputStream in =
        NativeSmolLm2Tests.class.getResourceAsStream("/golden/smollm2/golden.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }
}
