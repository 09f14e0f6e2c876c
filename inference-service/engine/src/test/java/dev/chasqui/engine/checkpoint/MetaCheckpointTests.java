package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.model.GoldenModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints as Meta publishes them. */
class MetaCheckpointTests {

  private static final String TINY =
      "{\"dim\": 32, \"n_layers\": 1, \"n_heads\": 2, \"n_kv_heads\": 1, \"norm_eps\": 1e-05%s}";

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void makeFolder() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    parameters("");
    Path tokenizer = GoldenModel.of("02-llama2-gqa").file().resolve("tokenizer.model");
    Files.copy(tokenizer, folder.resolve("tokenizer.model"));
  }

  @Test
  void readsASingleShardInPlaceAndTheTokenizerFromAbove() throws IOException {
    write("consolidated.00.pth", PthFile.tiny().f32("rope.freqs", 8).toBytes());
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      assertThat(checkpoint.tensors()).hasSize(11).doesNotContainKey("rope.freqs");
      assertThat(checkpoint.tensors().values())
          .allSatisfy(tensor -> assertThat(tensor.bytes().isMapped()).isTrue());
      assertThat(checkpoint.config().tiedEmbeddings()).isTrue();
      assertThat(checkpoint.config().ffnSize()).isEqualTo(64);
      assertThat(checkpoint.vocabulary().size()).isEqualTo(512);
    }
  }

  @Test
  void putsShardsTogetherOutsideOfTheHeap() {
    try (Checkpoint checkpoint = Checkpoints.open(GoldenModel.of("14b-meta-llama2-mp2").file())) {
      assertThat(checkpoint.tensors().values())
          .allSatisfy(tensor -> assertThat(tensor.bytes().isNative()).isTrue());
      assertThat(checkpoint.config().ffnSize()).isEqualTo(352);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 4096",
    "', \"rope_theta\": 1000000', 16384",
    "', \"rope_theta\": 500000.0', 8192",
    "', \"rope_theta\": 500000.0, \"use_scaled_rope\": true', 131072",
    "', \"max_seq_len\": 77', 77",
  })
  void knowsTheContextOfEachGeneration(String more, int contextLength) throws IOException {
    parameters(more);
    write("consolidated.00.pth", PthFile.tiny().toBytes());
    try (Checkpoint checkpoint = Checkpoints.open(model)) {
      assertThat(checkpoint.config().contextLength()).isEqualTo(contextLength);
    }
  }

  @Test
  void refusesToPutUnlikeShardsTogether() throws IOException {
    write("consolidated.00.pth", PthFile.tiny().toBytes());
    write("consolidated.02.pth", PthFile.tiny().toBytes());
    refuses("consolidated.01.pth was expected");
    write("consolidated.01.pth", new PthFile().f32("norm.weight", 32).toBytes());
    Files.delete(model.resolve("consolidated.02.pth"));
    refuses("expected one in each");
    Files.delete(model.resolve("consolidated.00.pth"));
    Files.delete(model.resolve("consolidated.01.pth"));
    refuses("expected consolidated.00.pth");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cos\\nsystem\\nX\\x02\\x00\\x00\\x00ls\\x85R | the name os.system",
        "cbuiltins\\neval\\n | the name builtins.eval",
        "ctorch.nn\\nLinear\\n | the name torch.nn.Linear",
        "\\x81 | opcode 0x81",
        "\\x92 | opcode 0x92",
        "P0\\n | opcode 0x50",
        "i__main__\\nX\\n | opcode 0x69",
        "h\\x09 | memo 9, which is empty",
        "R | a call of what is no name",
        "K\\x01K\\x02R | a call of what is no name",
        "K\\x01K\\x02 | as a key",
        "X\\x01\\x00\\x00\\x00aQ | a reference to something else",
        "X\\xff\\xff\\xff\\xff | more bytes",
        "tt | ",
      })
  void executesNothing(String raw, String reason) throws IOException {
    String bytes =
        Pattern.compile("\\\\x(..)|\\\\n")
            .matcher(raw)
            .replaceAll(match ->
                Matcher.quoteReplacement(
                    match.group(1) == null
                        ? "\n"
                        : Character.toString(Integer.parseInt(match.group(1), 16))));
    write("consolidated.00.pth", PthFile.tiny().raw(bytes).toBytes());
    refuses(reason == null ? "at byte" : reason);
  }

  @Test
  void refusesZipFilesThatTorchDoesNotWrite() throws IOException {
    write("consolidated.00.pth", new byte[100]);
    refuses("no end of a zip file");
    write("consolidated.00.pth", PthFile.zip(Map.of("a/data.txt", new byte[3])));
    refuses("0 entries data.pkl");
    byte[] bytes = PthFile.tiny().toBytes();
    bytes[60] ^= 1;
    write("consolidated.00.pth", bytes);
    refuses("CRC-32");
  }

  private void refuses(String reason) {
    assertThatThrownBy(() -> Checkpoints.open(model).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(model.toString())
        .hasMessageContaining(reason);
  }

  private void parameters(String more) throws IOException {
    Files.writeString(model.resolve("params.json"), TINY.formatted(more));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(model.resolve(name), bytes);
  }
}
