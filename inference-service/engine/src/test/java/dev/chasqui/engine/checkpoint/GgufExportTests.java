package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.model.GoldenModel;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF files of our own making. */
class GgufExportTests {

  @TempDir private Path folder;

  /** The reference files were made of the same weights by llama.cpp's tools. */
  @ParameterizedTest
  @CsvSource({
    "04-llama3,    gguf-04-llama3,   Q8_0",
    "04-llama3,    gguf-04-llama3,   Q4_0",
    "06-llama32,   gguf-06-llama32,  BF16",
    "06-llama32,   gguf-06-llama32,  F32",
    "06-llama32,   gguf-06-llama32,  Q8_0",
    "14-meta-llama3-mp2, gguf-04-llama3, Q8_0",
  })
  void holdsTheBytesOfTheReference(String name, String reference, Dtype type) {
    Path file = export(name, type);
    checkSame(file, GoldenModel.of(reference, type.name()).file(), type);
  }

  @Test
  void holdsTheBytesOfTheReferenceInQ4K() {
    Path shared = Path.of(System.getProperty("chasqui.shared", "absent"), "golden");
    Path reference = shared.resolve("gguf-04-llama3").resolve("model-Q4_K.gguf");
    assumeThat(reference).as("golden of llama-quantize").exists();
    checkSame(export("04-llama3", Dtype.Q4_K), reference, Dtype.Q4_K);
  }

  private static double error(float[] values, float[] stored) {
    double error = 0;
    for (int i = 0; i < values.length; i++) {
      error += Math.pow(values[i] - stored[i], 2);
    }
    return Math.sqrt(error / values.length);
  }

  /** But for the output matrix, which has more bits here, all are the same to the last bit. */
  private static void checkSame(Path file, Path reference, Dtype type) {
    try (Checkpoint made = Checkpoints.open(file);
        Checkpoint expected = Checkpoints.open(reference)) {
      assertThat(made.tensors().keySet()).isEqualTo(expected.tensors().keySet());
      for (Tensor tensor : expected.tensors().values()) {
        Tensor own = made.tensors().get(tensor.name());
        assertThat(own.shape()).as(tensor.name()).isEqualTo(tensor.shape());
        if (tensor.name().equals("rope_freqs.weight")) {
          assertThat(error(tensor.toFloats(), own.toFloats())).isLessThan(1e-5);
        } else if (own.dtype() == tensor.dtype()) {
          assertThat(own.bytes().mismatch(tensor.bytes())).as(tensor.name()).isEqualTo(-1);
        } else {
          assertThat(tensor.name()).isEqualTo("output.weight");
          assertThat(type).isIn(Dtype.Q4_0, Dtype.Q4_K);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-llama1-mha",
        "02-llama2-gqa",
        "03-codellama",
        "05-llama31",
        "06-llama32",
        "07-yarn",
        "07b-yarn-attnfactor",
        "08-linear",
        "10-bias",
        "12-seqcls",
        "14b-meta-llama2-mp2"
      })
  void describesTheSameModel(String name) {
    try (Checkpoint original = Checkpoints.open(GoldenModel.of(name).file());
        Checkpoint made = Checkpoints.open(export(name, Dtype.BF16))) {
      assertThat(made.config())
          .usingRecursiveComparison()
          .ignoringFields("rope")
          .isEqualTo(original.config());
      assertThat(made.config().rope().theta()).isEqualTo(original.config().rope().theta());
      assertThat(made.vocabulary().types()).isEqualTo(original.vocabulary().types());
      assertThat(made.vocabulary().special()).isEqualTo(original.vocabulary().special());
      assertThat(made.vocabulary().addBos()).isEqualTo(original.vocabulary().addBos());
      assertThat(made.chatTemplate()).isEqualTo(original.chatTemplate());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F16", "Q6_K", "IQ4_NL"})
  void refusesTypesThatItCannotMake(Dtype type) {
    assertThatThrownBy(() -> export("05-llama31", type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type + " can");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesWhatGgufCannotSay() {
    assertThatThrownBy(() -> export("09-dynamic-ntk", Dtype.Q8_0))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("dynamic rope scaling");
    assertThat(folder).isEmptyDirectory();
  }

  private Path export(String name, Dtype type) {
    Path file = folder.resolve(name + "-" + type + ".gguf");
    try (Checkpoint checkpoint = Checkpoints.open(GoldenModel.of(name).file())) {
      GgufExport.write(checkpoint, file, type);
    }
    return file;
  }
}
