package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Dtype;
import java.util.Arrays;

/**
 * A tensor as a GGUF file lists it; nothing of it was checked yet.
 *
 * @param name its name
 * @param shape sizes, outermost first, each from 1 to 2³¹ - 1
 * @param type ggml's code of the dtype
 * @param position offset from the start of the weights
 * @param entryOffset where the entry stands in the file, for messages
 */
record GgufTensor(String name, long[] shape, long type, long position, long entryOffset) {

  Dtype dtype(GgufBytes file) {
    return switch ((int) Math.min(type, Integer.MAX_VALUE)) {
      case 0 -> Dtype.F32;
      case 1 -> Dtype.F16;
      case 2 -> Dtype.Q4_0;
      case 3 -> Dtype.Q4_1;
      case 6 -> Dtype.Q5_0;
      case 7 -> Dtype.Q5_1;
      case 8 -> Dtype.Q8_0;
      case 10 -> Dtype.Q2_K;
      case 11 -> Dtype.Q3_K;
      case 12 -> Dtype.Q4_K;
      case 13 -> Dtype.Q5_K;
      case 14 -> Dtype.Q6_K;
      case 20 -> Dtype.IQ4_NL;
      case 23 -> Dtype.IQ4_XS;
      case 30 -> Dtype.BF16;
      default ->
          throw CheckpointException.at(
              file.file(),
              entryOffset,
              "tensor %s of ggml type %d, which is not supported".formatted(name, type),
              "one of " + Arrays.toString(Dtype.values()) + ": convert the model");
    };
  }

  /** Returns the bytes that the tensor takes. */
  long bytes(GgufBytes file) {
    Dtype dtype = dtype(file);
    try {
      long rows = 1;
      for (int i = 0; i < shape.length - 1; i++) {
        rows = Math.multiplyExact(rows, shape[i]);
      }
      if (rows > Integer.MAX_VALUE) {
        throw new ArithmeticException("too many rows");
      }
      return Math.multiplyExact(rows, dtype.bytes(shape[shape.length - 1]));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw file.fault(
          entryOffset,
          "%s of %s %s".formatted(name, dtype, Arrays.toString(shape)),
          "less than 2³¹ rows of whole blocks of " + dtype.blockSize());
    }
  }
}
