package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GgufCheckpointTests {

  static Stream<GoldenModel> models() {
    return GoldenModel.ggufOfResources();
  }

  @ParameterizedTest
  @MethodSource("models")
  void readsTheTensorsThatTheReferenceReads(GoldenModel model) {
    try (Checkpoint checkpoint = Checkpoints.open(model.file())) {
      JsonNode checks = model.golden().get("tensor_checks");
      assertThat(checkpoint.tensors().keySet())
          .containsExactlyInAnyOrderElementsOf(checks.propertyNames());
      for (String name : checks.propertyNames()) {
        check(checkpoint.tensors().get(name), checks.get(name));
      }
    }
  }

  private static void check(Tensor tensor, JsonNode golden) {
    assertThat(tensor.dtype().name()).isEqualTo(golden.get("type").stringValue());
    assertThat(tensor.shape())
        .containsExactly(
            golden.get("shape").valueStream().mapToLong(JsonNode::longValue).toArray());
    float[] values = tensor.toFloats();
    double sum = 0;
    double magnitude = 0;
    for (float value : values) {
      sum += value;
      magnitude += Math.abs(value);
    }
    assertThat(sum).isCloseTo(golden.get("sum").doubleValue(), within(1e-6 * magnitude));
    assertThat(magnitude).isCloseTo(golden.get("abs_sum").doubleValue(), within(1e-9 * magnitude));
    for (int i = 0; i < 4; i++) {
      assertThat(values[i]).isEqualTo((float) golden.get("first4").get(i).doubleValue());
      assertThat(values[values.length - 4 + i])
          .isEqualTo((float) golden.get("last4").get(i).doubleValue());
    }
  }

  @Test
  void readsTheSizesOfAModel() {
    try (Checkpoint checkpoint = Checkpoints.open(llama32().file())) {
      ModelConfig config = checkpoint.config();
      assertThat(config)
          .usingRecursiveComparison()
          .ignoringFields("rope")
          .isEqualTo(
              new ModelConfig(
                  "06-llama32", 512, 64, 2, 4, 2, 32, 192, 1e-5f, config.rope(), 2048, true, 0));
      assertThat(config.rope().theta()).isEqualTo(500000);
      assertThat(config.rope().dimensions()).isEqualTo(32);
      assertThat(config.rope().scaling()).isInstanceOf(RopeScaling.Divisors.class);
    }
  }

  @Test
  void readsAByteLevelVocabularyAndTheChatTemplate() {
    try (Checkpoint checkpoint = Checkpoints.open(llama32().file())) {
      Vocabulary vocabulary = checkpoint.vocabulary();
      assertThat(vocabulary.kind()).isEqualTo(Kind.BYTE_LEVEL_BPE);
      assertThat(vocabulary.preTokenizer()).isEqualTo("llama-bpe");
      assertThat(vocabulary.size()).isEqualTo(512);
      assertThat(vocabulary.merges()).hasSize(240).startsWith("Ġ Ġ", "i n");
      assertThat(vocabulary.types().get(505)).isEqualTo(PieceType.CONTROL);
      assertThat(vocabulary.special().beginOfText()).hasValue(496);
      assertThat(vocabulary.special().endOfText()).hasValue(505);
      assertThat(vocabulary.special().padding()).isEmpty();
      assertThat(vocabulary.addBos()).isTrue();
      assertThat(checkpoint.chatTemplate().orElseThrow()).startsWith("{% set loop_messages");
    }
  }

  @Test
  void readsASentencePieceVocabulary() {
    try (Checkpoint checkpoint =
        Checkpoints.open(GoldenModel.of("gguf-02-llama2-gqa", "Q4_1").file())) {
      Vocabulary vocabulary = checkpoint.vocabulary();
      assertThat(vocabulary.kind()).isEqualTo(Kind.SENTENCEPIECE_BPE);
      assertThat(vocabulary.pieces()).startsWith("<unk>", "<s>", "</s>", "<0x00>");
      assertThat(vocabulary.types()).startsWith(PieceType.UNKNOWN, PieceType.CONTROL);
      assertThat(vocabulary.types().get(3)).isEqualTo(PieceType.BYTE);
      assertThat(vocabulary.scores()).hasSize(512);
      assertThat(vocabulary.addBos()).isTrue();
      assertThat(vocabulary.addSpacePrefix()).isTrue();
      assertThat(checkpoint.chatTemplate()).isEmpty();
    }
  }

  @Test
  void fillsInWhatAFileMayLeaveOut() {
    GgufFile file = GgufFile.tiny().remove("general.name").remove("tokenizer.ggml.token_type");
    Checkpoint checkpoint = file.remove("llama.attention.head_count_kv").read();
    ModelConfig config = checkpoint.config();
    assertThat(config.name()).isEqualTo("hostile.gguf");
    assertThat(config.kvHeads()).isEqualTo(2);
    assertThat(config.headSize()).isEqualTo(16);
    assertThat(config.rope())
        .isEqualTo(new Rope(10000, 16, Rope.Pairing.INTERLEAVED, new RopeScaling.None()));
    assertThat(checkpoint.vocabulary().types()).containsOnly(PieceType.NORMAL);
    assertThat(checkpoint.vocabulary().addBos()).as("Llama 3 begins with a token").isTrue();
  }

  @Test
  void readsRopeScaling() {
    GgufFile linear = GgufFile.tiny().text("llama.rope.scaling.type", "linear");
    assertThat(linear.float32("llama.rope.scaling.factor", 4).read().config().rope().scaling())
        .isEqualTo(new RopeScaling.Linear(4));
    GgufFile yarn = GgufFile.tiny().text("llama.rope.scaling.type", "yarn");
    yarn.float32("llama.rope.scaling.factor", 4);
    yarn.uint32("llama.rope.scaling.original_context_length", 16);
    assertThat(yarn.read().config().rope().scaling())
        .isEqualTo(new RopeScaling.Yarn(4, 16, 32, 1, (float) (1 + 0.1 * Math.log(4))));
  }

  @Test
  void readsAVersion2File() {
    assertThat(GgufFile.tiny().version(2).read().config().layers()).isEqualTo(1);
  }

  @Test
  void hashesTheWholeFile() throws Exception {
    Path file = llama32().file();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThat(checkpoint.hash()).isEqualTo(HexFormat.of().formatHex(digest));
      assertThat(checkpoint.hash()).isSameAs(checkpoint.hash());
    }
  }

  @Test
  void saysWhatIsNotAModelFile(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.gguf");
    assertThatThrownBy(() -> Checkpoints.open(missing))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(missing.toString());
    Path text = Files.writeString(folder.resolve("text.gguf"), "not a model");
    assertThatThrownBy(() -> Checkpoints.open(text))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("at byte 0")
        .hasMessageContaining("GGUF");
    Path empty = Files.createFile(folder.resolve("empty.gguf"));
    assertThatThrownBy(() -> Checkpoints.open(empty)).isInstanceOf(CheckpointException.class);
  }

  private static GoldenModel llama32() {
    return GoldenModel.of("gguf-06-llama32", "Q4_0");
  }
}
