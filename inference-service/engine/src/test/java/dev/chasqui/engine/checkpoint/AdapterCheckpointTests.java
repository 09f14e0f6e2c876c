package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterCheckpointTests {

  private static final String CONFIG =
      "{\"peft_type\":\"LORA\",\"r\":4,\"lora_alpha\":8,\"bias\":\"none\",\"use_rslora\":false%s}";
  private static final String Q = "base_model.model.model.layers.1.self_attn.q_proj.lora_";

  @TempDir private Path folder;

  private final List<String> entries = new ArrayList<>();
  private int weightBytes;

  @Test
  void readsAPeftAdapter() throws IOException {
    tensor(Q + "A.weight", 4, 32);
    tensor(Q + "B.weight", 16, 4);
    tensor("base_model.model.lm_head.lora_A.default.weight", 4, 32);
    tensor("base_model.model.lm_head.lora_B.default.weight", 100, 4);
    try (AdapterCheckpoint adapter = open("")) {
      assertThat(adapter.pairing()).isEqualTo(Rope.Pairing.HALVES);
      assertThat(adapter.changes()).containsOnlyKeys("blk.1.attn_q.weight", "output.weight");
      AdapterCheckpoint.Change change = adapter.changes().get("blk.1.attn_q.weight");
      assertThat(change.down().shape()).containsExactly(4, 32);
      assertThat(change.up().shape()).containsExactly(16, 4);
      assertThat(change.scale()).isEqualTo(2);
    }
  }

  @Test
  void dividesByTheRootOfTheRankWhereItIsRankStabilised() throws IOException {
    pair(4);
    try (AdapterCheckpoint adapter = open(",\"use_rslora\":true")) {
      assertThat(scale(adapter)).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          q_proj                          | 6
          layers.1.self_attn.q_proj       | 6
          ^model.layers.1.self_attn.q_proj| 6
          layers.0.self_attn.q_proj       | 2
          k_proj                          | 2
          """)
  void takesTheAlphaOfALayer(String key, float scale) throws IOException {
    pair(4);
    try (AdapterCheckpoint adapter = open(",\"alpha_pattern\":{\"" + key + "\":24}")) {
      assertThat(scale(adapter)).isEqualTo(scale);
    }
  }

  @Test
  void takesTheRankOfALayer() throws IOException {
    pair(2);
    try (AdapterCheckpoint adapter = open(",\"rank_pattern\":{\"q_proj\":2}")) {
      assertThat(scale(adapter)).isEqualTo(4);
    }
  }

  @Test
  void hashesTheConfigurationToo() throws IOException {
    pair(4);
    String hash;
    try (AdapterCheckpoint adapter = open("")) {
      hash = adapter.hash();
    }
    try (AdapterCheckpoint adapter = open(",\"use_rslora\":true")) {
      assertThat(adapter.hash()).isNotEqualTo(hash).hasSize(64);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,"use_dora":true               | use_dora = set
          ,"modules_to_save":["lm_head"] | modules_to_save = set
          ,"fan_in_fan_out":true         | fan_in_fan_out = set
          ,"layer_replication":[[0,2]]   | layer_replication = set
          ,"rank_pattern":{"q_proj":3}   | the rank 4 of its matrices
          ,"alpha_pattern":{".*":3}      | letter by letter
          """)
  void refusesWhatIsNotComputedHere(String more, String message) throws IOException {
    pair(4);
    assertRefused(more, message);
  }

  @Test
  void refusesMatricesThatDoNotBelongTogether() throws IOException {
    tensor(Q + "A.weight", 4, 32);
    assertRefused("", "lora_A.weight alone, expected lora_B");
    tensor(Q + "B.weight", 16, 3);
    assertRefused("", "of rank 4, expected the rank 3 of ");
  }

  @ParameterizedTest
  @CsvSource({
    "base_model.model.model.embed_tokens.lora_embedding_A",
    "base_model.model.model.layers.0.input_layernorm.weight",
    "base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector.weight",
    "base_model.model.model.layers.0.mlp.experts.lora_A.weight"
  })
  void refusesTensorsOfOtherKinds(String name) throws IOException {
    tensor(name, 4, 32);
    assertRefused("", name);
  }

  @Test
  void saysWhatAFolderLacks() {
    assertThatThrownBy(() -> AdapterCheckpoint.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("has no adapter_config.json");
    assertThatThrownBy(() -> AdapterCheckpoint.open(folder.resolve("nowhere")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("nowhere does not exist");
  }

  @Test
  void readsAGgufAdapter() throws IOException {
    try (AdapterCheckpoint adapter = AdapterCheckpoint.open(gguf(gguf(12)))) {
      assertThat(adapter.pairing()).isEqualTo(Rope.Pairing.INTERLEAVED);
      assertThat(adapter.changes()).containsOnlyKeys("blk.0.attn_q.weight");
      AdapterCheckpoint.Change change = adapter.changes().get("blk.0.attn_q.weight");
      assertThat(change.down().shape()).containsExactly(8, 32);
      assertThat(change.up().shape()).containsExactly(16, 8);
      assertThat(change.scale()).isCloseTo(1.5f, within(1e-6f));
    }
    try (AdapterCheckpoint adapter = AdapterCheckpoint.open(gguf(gguf(0)))) {
      assertThat(adapter.changes().get("blk.0.attn_q.weight").scale()).isEqualTo(1);
    }
  }

  @Test
  void refusesGgufFilesThatAreNoAdapter() throws IOException {
    Path model = gguf(GgufFile.tiny());
    assertThatThrownBy(() -> AdapterCheckpoint.open(model))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("general.type");
    Path embedding = gguf(gguf(1).f32("token_embd.weight.lora_a", 8, 32));
    assertThatThrownBy(() -> AdapterCheckpoint.open(embedding))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("token_embd.weight.lora_a");
  }

  private static GgufFile gguf(float alpha) {
    return new GgufFile()
        .text("general.type", "adapter")
        .text("general.architecture", "llama")
        .text("adapter.type", "lora")
        .float32("adapter.lora.alpha", alpha)
        .f32("blk.0.attn_q.weight.lora_a", 32, 8)
        .f32("blk.0.attn_q.weight.lora_b", 8, 16);
  }

  private Path gguf(GgufFile file) throws IOException {
    return Files.write(folder.resolve("adapter.gguf"), file.toBytes());
  }

  private void pair(int rank) {
    tensor(Q + "A.weight", rank, 32);
    tensor(Q + "B.weight", 16, rank);
  }

  private void tensor(String name, int rows, int columns) {
    int bytes = rows * columns * Float.BYTES;
    entries.add(
        "\"%s\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]}"
            .formatted(name, rows, columns, weightBytes, weightBytes + bytes));
    weightBytes += bytes;
  }

  private void assertRefused(String more, String message) {
    assertThatThrownBy(() -> open(more).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  private AdapterCheckpoint open(String more) throws IOException {
    String config = more.contains("rslora") ? CONFIG.replace(",\"use_rslora\":false", "") : CONFIG;
    Files.writeString(folder.resolve("adapter_config.json"), config.formatted(more));
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + weightBytes);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
    Files.write(folder.resolve("adapter_model.safetensors"), file.array());
    return AdapterCheckpoint.open(folder);
  }

  private static float scale(AdapterCheckpoint adapter) {
    return adapter.changes().get("blk.1.attn_q.weight").scale();
  }
}
