package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Dtype;
import dev.chasqui.engine.tensor.Quantizer;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * A tensor on its way into a GGUF file.
 *
 * @param tensor where the values come from
 * @param dtype how they will be stored
 * @param turned leading rows of each head whose halves become pairs; 0 where rows stay in order
 * @param headSize rows of a head
 */
record ExportedTensor(Tensor tensor, Dtype dtype, int turned, int headSize) {

  static ExportedTensor vector(String name, float[] values) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[Float.BYTES * values.length]);
    Quantizer.of(Dtype.F32).quantize(values, 0, values.length, bytes, 0);
    Tensor tensor = new Tensor(name, Dtype.F32, new long[] {values.length}, bytes);
    return new ExportedTensor(tensor, Dtype.F32, 0, 1);
  }

  String name() {
    return tensor.name();
  }

  long[] shape() {
    return tensor.shape();
  }

  /** ggml.h, {@code ggml_type}. */
  int typeCode() {
    return switch (dtype) {
      case F32 -> 0;
      case Q4_0 -> 2;
      case Q8_0 -> 8;
      case Q4_K -> 12;
      case BF16 -> 30;
      default -> throw new IllegalStateException(dtype + " is not made");
    };
  }

  /** A bias is written value by value: its values are the rows of heads. */
  private boolean isVector() {
    return tensor.shape().length < 2;
  }

  int rows() {
    return isVector() ? tensor.columns() : tensor.rows();
  }

  private int columns() {
    return isVector() ? 1 : tensor.columns();
  }

  long rowBytes() {
    return dtype.bytes(columns());
  }

  long bytes() {
    return rows() * rowBytes();
  }

  /** Writes rows of the result, one after the other. */
  void write(int firstRow, int rows, MemorySegment target) {
    Dequantizer dequantizer = Dequantizer.of(tensor.dtype());
    Quantizer quantizer = Quantizer.of(dtype);
    float[] values = new float[columns()];
    long storedRow = tensor.dtype().bytes(columns());
    for (int i = 0; i < rows; i++) {
      long from = source(firstRow + i) * storedRow;
      if (tensor.dtype() == dtype) {
        MemorySegment.copy(tensor.bytes(), from, target, i * rowBytes(), rowBytes());
      } else {
        dequantizer.dequantize(tensor.bytes(), from, values, 0, columns());
        quantizer.quantize(values, 0, columns(), target, i * rowBytes());
      }
    }
  }

  /** Row 2i of a head is row i of Hugging Face's, row 2i + 1 the one half the turned rows on. */
  private long source(int row) {
    int within = row % headSize;
    if (within >= turned) {
      return row;
    }
    return row - within + within / 2 + (within % 2) * (turned / 2L);
  }
}
