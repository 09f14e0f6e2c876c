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
      assertThat(tokenizer.decode(special))
          .isEqualTo(example.get("hf_decoded_skip_special").asString());
    }
    for (JsonNode example : golden.get("lone_surrogates")) {
      StringBuilder text = new StringBuilder();
      example.get("utf16").forEach(unit -> text.append((char) unit.asInt()));
      assertThat(tokenizer.encode(MarkedText.user(text.toString())))
          .isEqualTo(TokenIds.of(Vocabularies.ints(example.get("ids"))));
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

  /** As of Alpaca, Vicuna and their kind, which were published without a tokenizer.json. */
  @Test
  void tokensThatWereAddedStandBesideTheModel() throws IOException, URISyntaxException {
    Files.copy(resource("tiny-llama2/tokenizer.model"), folder.resolve("tokenizer.model"));
    Files.writeString(
        folder.resolve("added_tokens.json"), "{\"[PAD]\": 512, \"<|turn|>\": 514, \"=>\": 515}");
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"eos_token\": \"<|turn|>\", \"pad_token\": {\"content\": \"[PAD]\"}}");
    Tokenizer tokenizer = Tokenizer.of(VocabularyFiles.open(folder));
    assertThat(tokenizer.vocabularySize()).isEqualTo(516);
    assertThat(tokenizer.endOfText()).isEqualTo("<|turn|>");
    assertThat(tokenizer.endTokens().toArray()).contains(514);
    assertThat(tokenizer.controlToken("[PAD]")).hasValue(512);
    assertThat(tokenizer.encode(MarkedText.scaffold("<|turn|>")).toArray()).containsExactly(514);
    assertThat(tokenizer.encode(MarkedText.user("<|turn|>")).toArray()).doesNotContain(514);
    assertThat(tokenizer.encode(MarkedText.user("a=>b")).toArray()).contains(515);
    assertThat(tokenizer.decode(TokenIds.of(515))).isEqualTo("=>");
  }

  @Test
  void addedTokensMayStandInTheConfig() throws IOException, URISyntaxException {
    Files.copy(resource("tiny-llama2/tokenizer.model"), folder.resolve("tokenizer.model"));
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"added_tokens_decoder\": {\"1\": {\"content\": \"<s>\", \"special\": true},"
            + " \"512\": {\"content\": \"<|im_end|>\", \"special\": true}}}");
    Tokenizer tokenizer = Tokenizer.of(VocabularyFiles.open(folder));
    assertThat(tokenizer.vocabularySize()).isEqualTo(513);
    assertThat(tokenizer.endTokens().toArray()).contains(512);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": 1000000} | at byte 6: found the id 1000000 of 'a'",
        "{\"a\": 1.5} | at byte 6: found a = 1.5, expected a whole number",
        "{\"a\": | found no JSON"
      })
  void damagedAddedTokensAreRefused(String json, String reason)
      throws IOException, URISyntaxException {
    Files.copy(resource("tiny-llama2/tokenizer.model"), folder.resolve("tokenizer.model"));
    Files.writeString(folder.resolve("added_tokens.json"), json);
    assertThatThrownBy(() -> VocabularyFiles.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("added_tokens.json at byte")
        .hasMessageContaining(reason);
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
