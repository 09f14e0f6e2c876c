package dev.chasqui.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files as {@code torch.save} does, right ones and wrong ones. */
final class PthFile {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private int tensors;

  PthFile() {
    write(0x80, 2);
    pickle.write('}');
    write('q', 0);
    pickle.write('(');
  }

  /** A shard of a model of one layer: hidden size 32, 2 heads, 1 KV head, ffn size 64, 512 ids. */
  static PthFile tiny() {
    return new PthFile()
        .f32("tok_embeddings.weight", 512, 32)
        .f32("norm.weight", 32)
        .f32("layers.0.attention_norm.weight", 32)
        .f32("layers.0.attention.wq.weight", 32, 32)
        .f32("layers.0.attention.wk.weight", 16, 32)
        .f32("layers.0.attention.wv.weight", 16, 32)
        .f32("layers.0.attention.wo.weight", 32, 32)
        .f32("layers.0.ffn_norm.weight", 32)
        .f32("layers.0.feed_forward.w1.weight", 64, 32)
        .f32("layers.0.feed_forward.w3.weight", 64, 32)
        .f32("layers.0.feed_forward.w2.weight", 32, 64);
  }

  PthFile f32(String name, int... shape) {
    int values = 1;
    for (int size : shape) {
      values *= size;
    }
    String key = Integer.toString(tensors++);
    entries.put("archive/data/" + key, new byte[4 * values]);
    text(name);
    global("torch._utils", "_rebuild_tensor_v2");
    pickle.write('(');
    pickle.write('(');
    text("storage");
    global("torch", "FloatStorage");
    text(key);
    text("cpu");
    int32(values);
    write('t', 'Q', 'K', 0);
    sizes(shape);
    sizes(strides(shape));
    write(0x89);
    global("collections", "OrderedDict");
    write(')', 'R', 't', 'R');
    return this;
  }

  /** Bytes in the place of the next pair. */
  PthFile raw(String text) {
    pickle.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  private static int[] strides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  private void sizes(int[] sizes) {
    pickle.write('(');
    for (int size : sizes) {
      int32(size);
    }
    pickle.write('t');
  }

  private void global(String module, String name) {
    raw("c" + module + "\n" + name + "\n");
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    pickle.write('X');
    pickle.writeBytes(little(bytes.length));
    pickle.writeBytes(bytes);
  }

  private void int32(int value) {
    pickle.write('J');
    pickle.writeBytes(little(value));
  }

  private void write(int... bytes) {
    for (int value : bytes) {
      pickle.write(value);
    }
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  byte[] pickle() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(pickle.toByteArray());
    whole.writeBytes(new byte[] {'u', '.'});
    return whole.toByteArray();
  }

  byte[] toBytes() {
    return toBytes(pickle());
  }

  /** The same file with another pickle, lengths and checksums as they must be. */
  byte[] toBytes(byte[] otherPickle) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("archive/data.pkl", otherPickle);
    all.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    all.putAll(entries);
    return zip(all);
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
