package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.chasqui.engine.api.CheckpointException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file says: a clean refusal that names file, place, what was found and expected. */
class GgufHostileFileTests {

  private static final int MUTATIONS = 20_000;

  /** Bytes of the tiny file before the weights, or a few less. */
  private static final int HEADER_BYTES = 1280;

  @ParameterizedTest
  @MethodSource("wrongFiles")
  void refusesWithTheReason(GgufFile file, String reason) {
    assertThatThrownBy(file::read)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("hostile.gguf")
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> wrongFiles() {
    return Stream.of(headers(), metadata(), models(), tensors()).flatMap(files -> files);
  }

  private static Stream<Arguments> headers() {
    return Stream.of(
        argumentSet("version 1", tiny().version(1), "version 1"),
        argumentSet("big endian", tiny().version(3 << 24), "version 50331648"),
        argumentSet("one pair too many", tiny().claimMore(1, 0), "found"),
        argumentSet("huge pairs", tiny().claimMore(1L << 40, 0), "1099511627791 pairs"),
        argumentSet("negative pairs", tiny().claimMore(-20, 0), "pairs"),
        argumentSet("huge tensors", tiny().claimMore(0, Long.MAX_VALUE - 20), "tensors"),
        argumentSet("repeated key", tiny().repeat("general.name"), "a second time"));
  }

  private static Stream<Arguments> metadata() {
    byte[] huge = {-1, -1, -1, -1, -1, -1, -1, 127};
    return Stream.of(
        argumentSet("unknown type", tiny().pair("x", 13, new byte[8]), "value type 13"),
        argumentSet("huge string", tiny().pair("x", 8, huge), "9223372036854775807 bytes"),
        argumentSet("huge array", tiny().array("x", 0, 1L << 62, new byte[9]), "elements"),
        argumentSet("huge strings", tiny().array("x", 8, 1L << 60, new byte[9]), "elements"),
        argumentSet("long array", tiny().array("x", 0, 1 << 22, new byte[1 << 22]), "at most 2097"),
        argumentSet("nested array", tiny().array("x", 9, 1, new byte[64]), "an array of arrays"),
        argumentSet("array of unknown", tiny().array("x", 99, 1, new byte[64]), "value type 99"),
        argumentSet("text for number", tiny().text("llama.block_count", "1"), "STRING"),
        argumentSet("number for text", tiny().uint32("general.name", 1), "a string"),
        argumentSet("array for number", tiny().int32s("llama.block_count", 1), "a single value"),
        argumentSet("number for array", tiny().uint32("tokenizer.ggml.tokens", 1), "an array"),
        argumentSet("numbers for texts", tiny().int32s("tokenizer.ggml.tokens", 1), "strings"),
        argumentSet("number for flag", tiny().uint32("tokenizer.ggml.add_bos_token", 1), "a flag"),
        argumentSet("too large", tiny().uint64("llama.block_count", -1), "18446744073709551615"),
        argumentSet("odd alignment", tiny().uint32("general.alignment", 33), "power of two"),
        argumentSet("no alignment", tiny().uint32("general.alignment", 0), "power of two"));
  }

  private static Stream<Arguments> models() {
    return Stream.of(
        argumentSet("other", tiny().text("general.architecture", "gpt-j"), "gpt-j"),
        argumentSet("none", tiny().remove("general.architecture"), "general.architecture"),
        argumentSet("no layers", tiny().uint32("llama.block_count", 0), "layers is 0"),
        argumentSet("many layers", tiny().uint32("llama.block_count", 1 << 30), "[1, 4096]"),
        argumentSet("huge heads", tiny().uint32("llama.attention.key_length", -2), "2147483647"),
        argumentSet("wide heads", wideHeads(1 << 20), "head size is 1048576"),
        argumentSet("no heads", tiny().uint32("llama.attention.head_count", 0), "heads is 0"),
        argumentSet("odd KV", tiny().uint32("llama.attention.head_count_kv", 3), "evenly"),
        argumentSet("experts", tiny().uint32("llama.expert_count", 8), "mixture of experts"),
        argumentSet(
            "split", tiny().uint32("split.count", 2), "a name that ends in -00001-of-00002.gguf"),
        argumentSet("epsilon", tiny().float32(EPSILON, Float.NaN), "norm epsilon is NaN"),
        argumentSet("theta", tiny().float32("llama.rope.freq_base", -1), "rope theta is -1"),
        argumentSet("rope", tiny().text("llama.rope.scaling.type", "longrope"), "longrope"),
        argumentSet("factor", tiny().float32("llama.rope.scaling.factor", 0), "positive"),
        argumentSet("divisors", tiny().f32("rope_freqs.weight", 5), "8 values"),
        argumentSet("tokenizer", tiny().text("tokenizer.ggml.model", "bert"), "bert"),
        argumentSet("types", tiny().int32s("tokenizer.ggml.token_type", 1), "4 pieces have 1"),
        argumentSet("type", tiny().int32s("tokenizer.ggml.token_type", 1, 1, 1, 7), "0 to 6"),
        argumentSet("scores", tiny().text("tokenizer.ggml.model", "llama"), "0 scores"),
        argumentSet("end token", tiny().uint32("tokenizer.ggml.eos_token_id", 4), "4 pieces"));
  }

  private static Stream<Arguments> tensors() {
    return Stream.of(
        argumentSet("repeated", tiny().f32("output_norm.weight", 32), "a second time"),
        argumentSet("overlap", tiny().tensor("x", 0, 512, 32), "which is part of"),
        argumentSet("behind the end", tiny().tensor("x", 0, 1 << 20, 32), "to lie within"),
        argumentSet("before the start", tiny().tensor("x", 0, -32, 32), "to lie within"),
        argumentSet("far away", tiny().tensor("x", 0, Long.MAX_VALUE - 31, 32), "to lie within"),
        argumentSet("too long", tiny().tensor("x", 0, 0, 1 << 30), "to lie within"),
        argumentSet("not aligned", tiny().tensor("x", 0, 4, 32), "a multiple of the alignment 32"),
        argumentSet("unknown type", tiny().tensor("x", 99, 0, 32), "ggml type 99"),
        argumentSet("removed type", tiny().tensor("x", 4, 0, 32), "ggml type 4"),
        argumentSet("negative type", tiny().tensor("x", -1, 0, 32), "ggml type 4294967295"),
        argumentSet("no dimension", tiny().tensor("x", 0, 0), "0 dimensions"),
        argumentSet("5 dimensions", tiny().tensor("x", 0, 0, 1, 1, 1, 1, 1), "5 dimensions"),
        argumentSet("size 0", tiny().tensor("x", 0, 0, 0), "a dimension of 0"),
        argumentSet("negative size", tiny().tensor("x", 0, 0, -1), "18446744073709551615"),
        argumentSet("product", tiny().tensor("x", 0, 0, 1 << 30, 1 << 30, 1 << 30), "rows"),
        argumentSet("part of a block", tiny().tensor("x", 2, 0, 33), "whole blocks of 32"));
  }

  private static final String EPSILON = "llama.attention.layer_norm_rms_epsilon";

  private static GgufFile wideHeads(int size) {
    return tiny()
        .uint32("llama.attention.key_length", size)
        .uint32("llama.attention.value_length", size);
  }

  private static GgufFile tiny() {
    return GgufFile.tiny();
  }

  @Test
  void refusesAFileCutOffAnywhere() {
    byte[] bytes = tiny().toBytes();
    assertThat(GgufFile.read(bytes, bytes.length).config().layers()).isEqualTo(1);
    for (int length = 0; length < bytes.length; length += length < HEADER_BYTES ? 1 : 997) {
      int cut = length;
      assertThatThrownBy(() -> GgufFile.read(bytes, cut))
          .as("the first %d bytes", cut)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("hostile.gguf at byte");
    }
  }

  @Test
  void readsOrRefusesAFileWithAnyFieldChanged() {
    byte[] valid = tiny().toBytes();
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = valid.clone();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        mutate(bytes, random.nextInt(HEADER_BYTES), random);
      }
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS);
  }

  private static void mutate(byte[] bytes, int at, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> bytes[at] = -1;
      default -> bytes[at] = 0;
    }
  }

  /** Anything but a {@link CheckpointException} fails the test. */
  private static boolean isRefused(byte[] bytes) {
    try {
      GgufFile.read(bytes, bytes.length);
      return false;
    } catch (CheckpointException e) {
      assertThat(e.getMessage())
          .containsPattern("hostile.gguf at byte [0-9]+: found (?s:.)+, expected ");
      return true;
    }
  }
}
