package dev.chasqui.engine.checkpoint;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes GGUF files, right ones and wrong ones. */
final class GgufFile {

  private final Map<String, byte[]> pairs = new LinkedHashMap<>();
  private final List<byte[]> tensors = new ArrayList<>();
  private final ByteArrayOutputStream weights = new ByteArrayOutputStream();
  private int version = 3;
  private long extraPairs;
  private long extraTensors;

  /** A whole model of one layer: hidden size 32, 2 heads, 1 KV head, 4 pieces, ffn size 64, F32. */
  static GgufFile tiny() {
    GgufFile file = new GgufFile();
    file.text("general.architecture", "llama");
    file.text("general.name", "tiny");
    file.uint32("llama.block_count", 1);
    file.uint32("llama.context_length", 64);
    file.uint32("llama.embedding_length", 32);
    file.uint32("llama.feed_forward_length", 64);
    file.uint32("llama.attention.head_count", 2);
    file.uint32("llama.attention.head_count_kv", 1);
    file.float32("llama.attention.layer_norm_rms_epsilon", 1e-5f);
    file.text("tokenizer.ggml.model", "gpt2");
    file.text("tokenizer.ggml.pre", "llama-bpe");
    file.texts("tokenizer.ggml.tokens", "a", "b", "ab", "<|end|>");
    file.int32s("tokenizer.ggml.token_type", 1, 1, 1, 3);
    file.texts("tokenizer.ggml.merges", "a b");
    file.uint32("tokenizer.ggml.eos_token_id", 3);
    return file.tensors(0, TINY.size());
  }

  /** The same model in three parts, the first one without tensors. */
  static List<GgufFile> tinyParts() {
    GgufFile metadata = tiny();
    metadata.tensors.clear();
    metadata.weights.reset();
    return List.of(
        metadata.part(0, 3),
        new GgufFile().part(1, 3).tensors(0, 5),
        new GgufFile().part(2, 3).tensors(5, TINY.size()));
  }

  private GgufFile part(int number, int count) {
    return uint16("split.no", number).uint16("split.count", count);
  }

  private GgufFile tensors(int from, int end) {
    TINY.subList(from, end).forEach(tensor -> f32(tensor.name, tensor.sizes));
    return this;
  }

  private record TinyTensor(String name, long... sizes) {}

  private static final List<TinyTensor> TINY =
      List.of(
          new TinyTensor("token_embd.weight", 32, 4),
          new TinyTensor("output_norm.weight", 32),
          new TinyTensor("blk.0.attn_norm.weight", 32),
          new TinyTensor("blk.0.attn_q.weight", 32, 32),
          new TinyTensor("blk.0.attn_k.weight", 32, 16),
          new TinyTensor("blk.0.attn_v.weight", 32, 16),
          new TinyTensor("blk.0.attn_output.weight", 32, 32),
          new TinyTensor("blk.0.ffn_norm.weight", 32),
          new TinyTensor("blk.0.ffn_gate.weight", 32, 64),
          new TinyTensor("blk.0.ffn_up.weight", 32, 64),
          new TinyTensor("blk.0.ffn_down.weight", 64, 32));

  GgufFile version(int number) {
    version = number;
    return this;
  }

  /** Claims so many more metadata pairs and tensors than there are. */
  GgufFile claimMore(long pairCount, long tensorCount) {
    extraPairs = pairCount;
    extraTensors = tensorCount;
    return this;
  }

  GgufFile remove(String key) {
    pairs.remove(key);
    return this;
  }

  GgufFile text(String key, String value) {
    return pair(key, 8, string(value));
  }

  GgufFile uint16(String key, int value) {
    return pair(key, 2, buffer(2).putShort((short) value).array());
  }

  GgufFile uint32(String key, int value) {
    return pair(key, 4, buffer(4).putInt(value).array());
  }

  GgufFile uint64(String key, long value) {
    return pair(key, 10, buffer(8).putLong(value).array());
  }

  GgufFile float32(String key, float value) {
    return pair(key, 6, buffer(4).putFloat(value).array());
  }

  GgufFile flag(String key, boolean value) {
    return pair(key, 7, new byte[] {(byte) (value ? 1 : 0)});
  }

  GgufFile texts(String key, String... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String value : values) {
      out.writeBytes(string(value));
    }
    return array(key, 8, values.length, out.toByteArray());
  }

  GgufFile int32s(String key, int... values) {
    ByteBuffer content = buffer(4 * values.length);
    for (int value : values) {
      content.putInt(value);
    }
    return array(key, 5, values.length, content.array());
  }

  /** An array whose head may say what is not so. */
  GgufFile array(String key, int elementType, long count, byte[] content) {
    byte[] head = buffer(12).putInt(elementType).putLong(count).array();
    return pair(key, 9, concat(head, content));
  }

  /** A value whose type may say what is not so. */
  GgufFile pair(String key, int type, byte[] value) {
    pairs.put(key, concat(string(key), buffer(4).putInt(type).array(), value));
    return this;
  }

  /** The same key a second time. */
  GgufFile repeat(String key) {
    pairs.put(key + " again", pairs.get(key));
    return this;
  }

  /** A tensor of zeros, sizes in the file's order: contiguous dimension first. */
  GgufFile f32(String name, long... sizes) {
    long values = 1;
    for (long size : sizes) {
      values *= size;
    }
    tensor(name, 0, weights.size(), sizes);
    weights.writeBytes(new byte[Math.toIntExact(values * 4)]);
    return this;
  }

  /** An F32 tensor whose bytes are to be a hole at the end of the file. */
  GgufFile hole(String name, long... sizes) {
    return tensor(name, 0, weights.size(), sizes);
  }

  /** An entry whose bytes are not written. */
  GgufFile tensor(String name, int type, long position, long... sizes) {
    ByteBuffer entry = buffer(4 + 8 * sizes.length + 12).putInt(sizes.length);
    for (long size : sizes) {
      entry.putLong(size);
    }
    tensors.add(concat(string(name), entry.putInt(type).putLong(position).array()));
    return this;
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(buffer(4).putInt(version).array());
    out.writeBytes(buffer(8).putLong(tensors.size() + extraTensors).array());
    out.writeBytes(buffer(8).putLong(pairs.size() + extraPairs).array());
    pairs.values().forEach(out::writeBytes);
    tensors.forEach(out::writeBytes);
    out.writeBytes(new byte[Math.floorMod(-out.size(), 32)]);
    out.writeBytes(weights.toByteArray());
    return out.toByteArray();
  }

  Checkpoint read() {
    return read(toBytes(), Integer.MAX_VALUE);
  }

  /** Reads the first bytes of a file. */
  static Checkpoint read(byte[] bytes, int length) {
    MemorySegment segment = MemorySegment.ofArray(bytes);
    MemorySegment part = segment.asSlice(0, Math.min(length, bytes.length));
    return GgufCheckpoint.read(new GgufBytes(Path.of("hostile.gguf"), part), new WeightFiles());
  }

  private static byte[] string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return concat(buffer(8).putLong(bytes.length).array(), bytes);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
