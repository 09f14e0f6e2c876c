package dev.chasqui.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** Collects the metadata and the tensor entries of a GGUF file, version 3. */
final class GgufOutput {

  private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private long pairCount;
  private long entryCount;

  void text(String key, String value) {
    key(key, GgufType.STRING);
    string(pairs, value);
  }

  void uint32(String key, int value) {
    key(key, GgufType.UINT32);
    int32(pairs, value);
  }

  void uint32(String key, OptionalInt value) {
    value.ifPresent(number -> uint32(key, number));
  }

  void float32(String key, float value) {
    key(key, GgufType.FLOAT32);
    int32(pairs, Float.floatToRawIntBits(value));
  }

  void flag(String key, boolean value) {
    key(key, GgufType.BOOL);
    pairs.write(value ? 1 : 0);
  }

  void texts(String key, List<String> values) {
    array(key, GgufType.STRING, values.size());
    values.forEach(value -> string(pairs, value));
  }

  void int32s(String key, int[] values) {
    array(key, GgufType.INT32, values.length);
    for (int value : values) {
      int32(pairs, value);
    }
  }

  void float32s(String key, float[] values) {
    array(key, GgufType.FLOAT32, values.length);
    for (float value : values) {
      int32(pairs, Float.floatToRawIntBits(value));
    }
  }

  /**
   * Adds the entry of a tensor.
   *
   * @param name its name
   * @param shape outermost first; the file has it the other way round
   * @param type ggml's code
   * @param position offset from the start of the weights
   */
  void tensor(String name, long[] shape, int type, long position) {
    string(entries, name);
    int32(entries, shape.length);
    for (int i = shape.length - 1; i >= 0; i--) {
      int64(entries, shape[i]);
    }
    int32(entries, type);
    int64(entries, position);
    entryCount++;
  }

  /** Returns all that stands before the weights, without padding. */
  byte[] header() {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    int32(header, 3);
    int64(header, entryCount);
    int64(header, pairCount);
    header.writeBytes(pairs.toByteArray());
    header.writeBytes(entries.toByteArray());
    return header.toByteArray();
  }

  private void array(String key, GgufType elementType, int count) {
    key(key, GgufType.ARRAY);
    int32(pairs, elementType.ordinal());
    int64(pairs, count);
  }

  private void key(String key, GgufType type) {
    string(pairs, key);
    int32(pairs, type.ordinal());
    pairCount++;
  }

  private static void string(ByteArrayOutputStream out, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int64(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void int32(ByteArrayOutputStream out, int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private static void int64(ByteArrayOutputStream out, long value) {
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
