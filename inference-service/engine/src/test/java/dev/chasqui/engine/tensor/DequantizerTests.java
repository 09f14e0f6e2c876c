package dev.chasqui.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DequantizerTests {

  @ParameterizedTest
  @EnumSource(value = Dtype.class, mode = EnumSource.Mode.EXCLUDE, names = "F32")
  void dequantizesBitForBitAsGgml(Dtype dtype) throws IOException {
    JsonNode golden = vectors().get(dtype.name());
    assertThat(dtype.blockSize()).isEqualTo(golden.get("block_elements").intValue());
    assertThat(dtype.bytesPerBlock()).isEqualTo(golden.get("block_bytes").intValue());
    for (JsonNode vector : golden.get("vectors")) {
      byte[] raw = HexFormat.of().parseHex(vector.get("raw_hex").stringValue());
      float[] expected = floats(vector.get("values"));
      float[] actual = new float[expected.length + 2];
      Dequantizer.of(dtype).dequantize(MemorySegment.ofArray(raw), 0, actual, 1, expected.length);
      assertThat(Arrays.copyOfRange(actual, 1, actual.length - 1)).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void dequantizesRowsApartAsTogether(Dtype dtype) {
    Tensor tensor = RandomTensors.of(dtype, 3, 2 * dtype.blockSize(), 1);
    float[] all = tensor.toFloats();
    float[] row = new float[tensor.columns()];
    Dequantizer.of(dtype)
        .dequantize(tensor.bytes(), 2 * tensor.rowBytes(), row, 0, tensor.columns());
    assertThat(row).containsExactly(Arrays.copyOfRange(all, 2 * tensor.columns(), all.length));
  }

  @Test
  void refusesValuesThatDoNotFillBlocks() {
    assertThatThrownBy(() -> Dtype.Q8_0.bytes(33))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("33 values")
        .hasMessageContaining("32");
  }

  @Test
  void refusesBytesThatDoNotFitTheShape() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[100]);
    assertThatThrownBy(() -> new Tensor("x", Dtype.F32, new long[] {2, 16}, bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes 128 bytes, not 100");
  }

  /** NaN and infinities stand as text. */
  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(array.get(i).asString());
    }
    return floats;
  }

  private static JsonNode vectors() throws IOException {
    try (InputStream in =
        DequantizerTests.class.getResourceAsStream("/golden/dequant-vectors.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }
}
