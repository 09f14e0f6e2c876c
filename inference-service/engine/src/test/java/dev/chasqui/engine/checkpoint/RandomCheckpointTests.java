package dev.chasqui.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomCheckpointTests {

  private static final ModelConfig SIZES =
      new ModelConfig(
          "small",
          320,
          64,
          2,
          4,
          2,
          16,
          96,
          1e-5f,
          new Rope(10_000, 16, Rope.Pairing.INTERLEAVED, new RopeScaling.None()),
          128,
          false,
          0);

  @Test
  void fillsEveryMatrixWithValuesOfOneSize() {
    for (Dtype dtype : List.of(Dtype.Q8_0, Dtype.Q4_0, Dtype.Q4_1, Dtype.BF16)) {
      try (Checkpoint checkpoint = RandomCheckpoint.of(SIZES, dtype)) {
        assertThat(checkpoint.tensors()).hasSize(3 + 2 * 9);
        assertThat(checkpoint.vocabulary().size()).isEqualTo(320);
        Tensor down = checkpoint.tensors().get("blk.1.ffn_down.weight");
        assertThat(down.dtype()).isEqualTo(dtype);
        assertThat(down.shape()).containsExactly(64, 96);
        assertThat(deviation(down.toFloats())).isBetween(0.018, 0.022);
      }
    }
  }

  @Test
  void keepsTheEmbeddingInEightBitsBesideFour() {
    try (Checkpoint checkpoint = RandomCheckpoint.of(SIZES, Dtype.Q4_1)) {
      assertThat(checkpoint.tensors().get("token_embd.weight").dtype()).isEqualTo(Dtype.Q8_0);
      assertThat(checkpoint.tensors().get("output.weight").dtype()).isEqualTo(Dtype.Q8_0);
    }
  }

  @Test
  void refusesOtherDtypes() {
    assertThatThrownBy(() -> RandomCheckpoint.of(SIZES, Dtype.Q5_1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not Q5_1");
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
