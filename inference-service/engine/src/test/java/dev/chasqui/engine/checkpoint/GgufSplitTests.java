package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF models in several files. */
class GgufSplitTests {

  @TempDir private Path folder;

  @BeforeEach
  void writeParts() throws IOException {
    List<GgufFile> parts = GgufFile.tinyParts();
    for (int i = 0; i < parts.size(); i++) {
      Files.write(part(i), parts.get(i).toBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tiny-00001-of-00003.gguf", "tiny-00003-of-00003.gguf"})
  void opensByTheFolderOrAnyPart(String name) {
    try (Checkpoint checkpoint = Checkpoints.open(folder.resolve(name))) {
      assertThat(checkpoint.tensors()).hasSize(11);
      assertThat(checkpoint.config().hiddenSize()).isEqualTo(32);
    }
  }

  @Test
  void namesThePartThatIsMissing() throws IOException {
    Files.delete(part(1));
    refuses("tiny-00002-of-00003.gguf, expected all parts in one folder");
  }

  @Test
  void refusesPartsOfAnotherModelOrOrder() throws IOException {
    Files.copy(part(1), folder.resolve("other-00001-of-00002.gguf"));
    assertThatThrownBy(() -> Checkpoints.open(folder.resolve("other-00001-of-00002.gguf")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected a name that ends in -00002-of-00003.gguf");
    Files.write(part(1), GgufFile.tiny().toBytes());
    refuses("found part 1 of 1, expected part 2 of 3");
  }

  @Test
  void refusesATensorThatTwoPartsHave() throws IOException {
    Files.write(part(0), GgufFile.tinyParts().getFirst().f32("output_norm.weight", 32).toBytes());
    refuses("output_norm.weight, which an earlier part has already");
  }

  private void refuses(String reason) {
    assertThatThrownBy(() -> Checkpoints.open(part(0)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(reason);
  }

  private Path part(int number) {
    return folder.resolve("tiny-%05d-of-00003.gguf".formatted(number + 1));
  }
}
