package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.checkpoint.Checkpoints;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tokenizers out of the files that hold them. */
class CheckpointTokenizerTests {

  private static final String SMOLLM2 = "SmolLM2-135M-Instruct.Q4_1.gguf";

  @ParameterizedTest
  @CsvSource({
    "gguf-02-llama2-gqa/model-Q4_1.gguf, tiny-llama2",
    "gguf-04-llama3/model-Q4_0.gguf, tiny-llama3",
    "gguf-06-llama32/model-Q4_0.gguf, tiny-llama3"
  })
  void ofAGoldenModelEncodesAsTheReference(String file, String name) throws URISyntaxException {
    Path path = Path.of(getClass().getResource("/golden/" + file).toURI());
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      Tokenizer tokenizer = Tokenizer.of(checkpoint.vocabulary());
      for (JsonNode golden : Vocabularies.json(name + ".golden.json").get("cases")) {
        MarkedText text = MarkedText.scaffold(golden.get("text").asString());
        assertThat(tokenizer.encode(text).toArray())
            .containsExactly(Vocabularies.ints(golden.get("ids_special")));
      }
    }
  }

  @Test
  void ofTheDefaultModelEncodesAndDecodesAsTheReference() {
    Path path = smolLm2();
    assumeThat(Files.exists(path)).as("default model at %s", path).isTrue();
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      Tokenizer tokenizer = Tokenizer.of(checkpoint.vocabulary());
      for (JsonNode golden : Vocabularies.json("smollm2.golden.json")) {
        String rendered = golden.get("rendered").asString();
        boolean chat = golden.has("messages");
        TokenIds ids = TokenIds.of(Vocabularies.ints(golden.get("ids")));
        assertThat(
                tokenizer.encode(chat ? MarkedText.scaffold(rendered) : MarkedText.user(rendered)))
            .as(golden.get("name").asString())
            .isEqualTo(ids);
        assertThat(tokenizer.spell(ids)).isEqualTo(rendered);
        assertThat(tokenizer.spell(TokenIds.of(Vocabularies.ints(golden.get("greedy")))))
            .isEqualTo(golden.get("text").asString());
      }
    }
  }

  private static Path smolLm2() {
    String cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache");
    return Path.of(cache, "chasqui-checks", SMOLLM2);
  }
}
