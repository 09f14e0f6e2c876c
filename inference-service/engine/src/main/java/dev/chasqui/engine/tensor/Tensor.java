package dev.chasqui.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A named array of numbers in its stored form, row-major: the last dimension is contiguous.
 *
 * <p>Whoever made the memory owns it: the tensor of a checkpoint is readable until that is closed.
 *
 * @param name canonical name, for example {@code blk.0.attn_q.weight}
 * @param dtype how the numbers are stored; blocks lie within the last dimension
 * @param shape sizes, outermost first; a weight matrix is {@code [outputs, inputs]}
 * @param bytes exactly the tensor's bytes
 */
public record Tensor(String name, Dtype dtype, long[] shape, MemorySegment bytes) {

  /** Checks that shape and bytes agree. */
  public Tensor {
    shape = shape.clone();
    long values = 1;
    for (long size : shape) {
      if (size < 1) {
        throw new IllegalArgumentException(name + " has shape " + Arrays.toString(shape));
      }
      values = Math.multiplyExact(values, size);
    }
    long rowBytes = dtype.bytes(shape.length == 0 ? 1 : shape[shape.length - 1]);
    long expected = values / (shape.length == 0 ? 1 : shape[shape.length - 1]) * rowBytes;
    if (bytes.byteSize() != expected) {
      throw new IllegalArgumentException(
          "%s of %s %s takes %d bytes, not %d"
              .formatted(name, dtype, Arrays.toString(shape), expected, bytes.byteSize()));
    }
  }

  /** Returns a copy of the sizes, outermost first. */
  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the length of the last dimension, 1 for a scalar. */
  public int columns() {
    return shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
  }

  /** Returns the number of rows of {@link #columns()} values. */
  public int rows() {
    return Math.toIntExact(values() / columns());
  }

  /** Returns the number of values. */
  public long values() {
    long values = 1;
    for (long size : shape) {
      values *= size;
    }
    return values;
  }

  /** Returns the bytes of one row. */
  public long rowBytes() {
    return dtype.bytes(columns());
  }

  /**
   * Returns all values as float32, row-major; meant for small tensors such as norm gains.
   *
   * @throws ArithmeticException if there are more values than an array holds
   */
  public float[] toFloats() {
    float[] floats = new float[Math.toIntExact(values())];
    Dequantizer dequantizer = Dequantizer.of(dtype);
    for (int row = 0; row < rows(); row++) {
      dequantizer.dequantize(bytes, row * rowBytes(), floats, row * columns(), columns());
    }
    return floats;
  }
}
