package dev.chasqui.engine.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.checkpoint.VocabularyFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Tokenizers out of every kind of file that holds only a tokenizer. */
class VocabularyFilesTests {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "tiny-llama2/tokenizer.json, tiny-llama2",
    "tiny-llama2/tokenizer.model, tiny-llama2",
    "tiny-llama3/tokenizer.json, tiny-llama3",
    "tiny-llama3/tokenizer.model, tiny-llama3"
  })
  void encodeAndDecodeAsTheReference(String file, String name) throws URISyntaxException {
    JsonNode golden = Vocabularies.json(name + ".golden.json");
    check(Tokenizer.of(VocabularyFiles.open(resource(file))), golden);
  }

  /** The real vocabularies are Meta's and stay out of this repository. */
  @ParameterizedTest
  @CsvSource({
    "llama2/tokenizer.json.gz, llama2",
    "llama2/tokenizer.model, llama2",
    "llama3/tokenizer.json.gz, llama3",
    "llama3/tokenizer.model, llama31"
  })
  void encodeAndDecodeAsTheReferenceForRealVocabularies(String file, String name)
      throws IOException {
    Path tokenizers = Path.of(System.getProperty("chasqui.shared", ""), "golden", "tokenizers");
    assumeThat(tokenizers.resolve(file)).as("real vocabularies").exists();
    JsonNode golden =
        new ObjectMapper().readTree(Files.readString(tokenizers.resolve(name + "/golden.json")));
    check(Tokenizer.of(VocabularyFiles.open(tokenizers.resolve(file))), golden);
  }

  private static void check(Tokenizer tokenizer, JsonNode golden) {
    for (JsonNode example : golden.get("cases")) {
      String text = example.get("text").asString();
      TokenIds ids = TokenIds.of(Vocabularies.ints(example.get("ids")));
      TokenIds special = TokenIds.of(Vocabularies.ints(example.get("ids_special")));
      assertThat(tokenizer.encode(MarkedText.user(text))).as(text).isEqualTo(ids);
      assertThat(tokenizer.encode(MarkedText.scaffold(text))).as(text).isEqualTo(special);
      assertThat(tokenizer.decode(ids)).isEqualTo(example.get("decoded").asString());
      assertThat(tokenizer.spell(special))
          .isEqualTo(example.get("hf_decoded_keep_special").asString());
    }
  }

  @Test
  void aFolderIsSearchedForOne() throws IOException, URISyntaxException {
    assertThatThrownBy(() -> VocabularyFiles.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has no tokenizer: expected one of [tokenizer.json");
    Files.copy(resource("tiny-llama3/tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"eos_token\": {\"content\": \"<|eot_id|>\"}, \"add_bos_token\": true}");
    Tokenizer tokenizer = Tokenizer.of(VocabularyFiles.open(folder));
    assertThat(tokenizer.endOfText()).isEqualTo("<|eot_id|>");
    assertThat(tokenizer.encodePrompt(MarkedText.user("a")).get(0)).isEqualTo(496);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny-llama2/tokenizer.json",
        "tiny-llama2/tokenizer.model",
        "tiny-llama3/tokenizer.json",
        "tiny-llama3/tokenizer.model"
      })
  void damagedFilesEndInAClearException(String file) throws IOException, URISyntaxException {
    byte[] good = Files.readAllBytes(resource(file));
    Path damaged = folder.resolve(Path.of(file).getFileName());
    Random random = new Random(17);
    for (int round = 0; round < 300; round++) {
      int length = round % 3 == 0 ? random.nextInt(good.length) : good.length;
      byte[] bytes = Arrays.copyOf(good, length);
      for (int change = 0; change < 1 + round % 4 && bytes.length > 0; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(damaged, bytes);
      try {
        Tokenizer.of(VocabularyFiles.open(damaged)).encode(MarkedText.user("Hello é"));
      } catch (CheckpointException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  private static Path resource(String file) throws URISyntaxException {
    return Path.of(VocabularyFilesTests.class.getResource(file).toURI());
  }
}
