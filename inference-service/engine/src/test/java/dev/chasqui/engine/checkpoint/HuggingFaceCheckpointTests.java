package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.tensor.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as transformers writes them. */
class HuggingFaceCheckpointTests {

  @TempDir private Path folder;

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
        "08-linear",
        "09-dynamic-ntk",
        "10-bias",
        "11-sharded"
      })
  void bothFlavoursOfTheConfigMeanTheSame(String name) throws IOException {
    copy(name);
    ModelConfig classic = config();
    Files.move(folder.resolve("config.json"), folder.resolve("config.v4.json"));
    Files.move(folder.resolve("config.v5.json"), folder.resolve("config.json"));
    assertThat(config()).isEqualTo(classic);
  }

  @ParameterizedTest
  @CsvSource({
    "01-llama1-mha, F32",
    "03-codellama,  F16",
    "11-sharded,    BF16",
  })
  void weightsStayInTheMappedFile(String name, Dtype dtype) {
    try (Checkpoint checkpoint = Checkpoints.open(GoldenModel.of(name).file())) {
      assertThat(checkpoint.tensors().values())
          .allSatisfy(tensor -> {
            assertThat(tensor.bytes().isMapped()).isTrue();
            assertThat(tensor.dtype()).isEqualTo(dtype);
          });
    }
  }

  @Test
  void namesEndTokensOfTheGenerationConfig() throws IOException {
    copy("05-llama31");
    try (Checkpoint checkpoint = Checkpoints.open(folder.resolve("model.safetensors"))) {
      assertThat(checkpoint.endTokens().toArray()).containsExactly(497, 504, 505);
    }
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": 3}");
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.endTokens().toArray()).containsExactly(3);
    }
  }

  @Test
  void findsTheChatTemplateWhereTransformersLooks() throws IOException {
    copy("05-llama31");
    assertThat(template()).isEmpty();
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"r\"},"
            + " {\"name\": \"default\", \"template\": \"c\"}]}");
    assertThat(template()).contains("c");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"chat_template\": \"b\"}");
    assertThat(template()).contains("b");
    Files.writeString(folder.resolve("chat_template.jinja"), "a");
    assertThat(template()).contains("a");
  }

  @Test
  void aVocabularyIsCutOrFilledToTheIdsOfTheModel() {
    Vocabulary vocabulary = VocabularyFiles.open(GoldenModel.of("05-llama31").file());
    Vocabulary filled = vocabulary.ofSize(600);
    assertThat(filled.size()).isEqualTo(600);
    assertThat(filled.types().get(599)).isEqualTo(Vocabulary.PieceType.UNUSED);
    Vocabulary cut = vocabulary.ofSize(500);
    assertThat(cut.size()).isEqualTo(500);
    assertThat(cut.special().endOfTurn()).isEmpty();
    assertThatThrownBy(() -> vocabulary.ofSize(100))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tokenizer.json at byte 5441: found a tokenizer of 101 pieces")
        .hasMessageContaining("the 100 token ids of the model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\": \"llama\" | \"model_type\": \"mamba\" | byte 371: found model_type ="
            + " mamba",
        "\"hidden_size\": 64 | \"hidden\": 64 | byte 0: found hidden_size = missing",
        "\"hidden_size\": 64 | \"hidden_size\": 64.5 | whole number",
        "\"rope_type\": \"llama3\" | \"rope_type\": \"longrope\" | longrope",
        "\"factor\": 8.0 | \"factor\": 0 | positive number",
        "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 3 | evenly",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 0 | layers is 0",
        "\"vocab_size\": 512 | \"vocab_size\": 600 | expected 512, its rows",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"gelu\" | byte 214: found hidden_act = gelu",
        "{ | [ | byte 20: found no JSON",
      })
  void refusesWhatItCannotCompute(String good, String bad, String reason) throws IOException {
    copy("05-llama31");
    changeConfig(good, bad);
    assertThatThrownBy(this::config)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void shardsLieInTheFolderOfTheIndex() throws IOException {
    copy("11-sharded");
    Path index = folder.resolve("model.safetensors.index.json");
    String good = Files.readString(index);
    Files.writeString(index, good.replace("model-00002-of-", "../model-00002-of-"));
    assertThatThrownBy(this::config)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected a safetensors file in the same folder");
    Files.writeString(index, good);
    Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
    assertThatThrownBy(this::config)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("weight_map that names 'model-00002-of-00002.safetensors'");
    Files.delete(index);
    assertThatThrownBy(this::config)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected weights in one of them");
  }

  private ModelConfig config() {
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      return checkpoint.config();
    }
  }

  private Optional<String> template() {
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      return checkpoint.chatTemplate();
    }
  }

  private void changeConfig(String good, String bad) throws IOException {
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains(good);
    Files.writeString(config, text.replace(good, bad));
  }

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.list(GoldenModel.of(name).file())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }
}
