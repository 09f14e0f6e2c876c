package dev.chasqui.engine.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands before the weights of a GGUF file.
 *
 * <pre>
 * "GGUF" version:u32 tensors:u64 pairs:u64
 * pairs × ( key:string type:u32 value )
 * tensors × ( name:string dimensions:u32 sizes:u64[dimensions] type:u32 offset:u64 )
 * padding to the alignment, then the bytes of the tensors
 * </pre>
 *
 * @param metadata values by key
 * @param tensors entries by name
 * @param end offset behind the last entry
 */
record GgufHeader(Map<String, GgufValue> metadata, Map<String, GgufTensor> tensors, long end) {

  private static final long MAGIC = 0x46554747L;
  private static final int COUNTS_OFFSET = 8;

  /** Where the metadata begins. */
  static final int PAIRS_OFFSET = 24;

  private static final int LEAST_PAIR_BYTES = 13;
  private static final int LEAST_TENSOR_BYTES = 32;

  /** Most metadata pairs and most tensors: Llama 3.1 405B has 1138 tensors. */
  private static final int MOST_ENTRIES = 1 << 16;

  /** Longest metadata array: the largest vocabularies have some 300,000 pieces. */
  private static final int MOST_ELEMENTS = 1 << 21;

  private static final int MOST_DIMENSIONS = 4;

  /** Returns whether a file begins as a GGUF file does. */
  static boolean isGguf(GgufBytes bytes) {
    return bytes.size() >= Integer.BYTES && bytes.uint32(0) == MAGIC;
  }

  static GgufHeader read(GgufBytes bytes) {
    checkVersion(bytes);
    long tensorCount = entries(bytes, COUNTS_OFFSET, LEAST_TENSOR_BYTES, "tensors");
    long pairCount = entries(bytes, COUNTS_OFFSET + Long.BYTES, LEAST_PAIR_BYTES, "pairs");
    Scan scan = new Scan(bytes);
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    for (long i = 0; i < pairCount; i++) {
      scan.pair(metadata);
    }
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (long i = 0; i < tensorCount; i++) {
      scan.tensor(tensors);
    }
    return new GgufHeader(metadata, tensors, scan.offset);
  }

  private static void checkVersion(GgufBytes bytes) {
    if (!isGguf(bytes)) {
      throw bytes.fault(0, "no magic number", "GGUF");
    }
    long version = bytes.uint32(Integer.BYTES);
    if (version != 2 && version != 3) {
      throw bytes.fault(
          Integer.BYTES,
          "version " + version,
          "2 or 3, little endian (convert an older or big-endian file with llama.cpp's tools)");
    }
  }

  private static long entries(GgufBytes bytes, long offset, int leastBytes, String what) {
    long count = bytes.count(offset, leastBytes, what);
    if (count > MOST_ENTRIES) {
      throw bytes.fault(offset, count + " " + what, "at most " + MOST_ENTRIES);
    }
    return count;
  }

  /** Goes through pairs and tensor entries from first to last. */
  private static final class Scan {

    private final GgufBytes bytes;
    private long offset = PAIRS_OFFSET;

    Scan(GgufBytes bytes) {
      this.bytes = bytes;
    }

    void pair(Map<String, GgufValue> metadata) {
      long start = offset;
      String key = bytes.name(skipString());
      if (metadata.put(key, value()) != null) {
        throw bytes.fault(start, "key " + key + " a second time", "each key once");
      }
    }

    private GgufValue value() {
      GgufType type = type();
      return type == GgufType.ARRAY ? array() : single(type);
    }

    private GgufValue single(GgufType type) {
      long start = offset;
      if (type == GgufType.STRING) {
        skipString();
      } else {
        offset += bytes.numberBytes(type, start);
      }
      return new GgufValue.Single(type, start);
    }

    private GgufValue array() {
      long start = offset;
      GgufType elementType = type();
      if (elementType == GgufType.ARRAY) {
        throw bytes.fault(start, "an array of arrays", "an array of numbers or strings");
      }
      long count = bytes.count(offset, elementType.leastBytes(), "elements");
      if (count > MOST_ELEMENTS) {
        throw bytes.fault(offset, count + " elements", "at most " + MOST_ELEMENTS);
      }
      long first = offset + Long.BYTES;
      offset = first;
      if (elementType == GgufType.STRING) {
        skipStrings(count);
      } else {
        offset += count * elementType.leastBytes();
      }
      return new GgufValue.Array(elementType, (int) count, first);
    }

    private void skipStrings(long count) {
      for (long i = 0; i < count; i++) {
        skipString();
      }
    }

    private GgufType type() {
      long code = bytes.uint32(offset);
      GgufType type =
          GgufType.of(code)
              .orElseThrow(() -> bytes.fault(offset, "value type " + code, "a type from 0 to 12"));
      offset += Integer.BYTES;
      return type;
    }

    /** Steps over a string and returns where it begins. */
    private long skipString() {
      long start = offset;
      offset += bytes.stringBytes(start);
      return start;
    }

    void tensor(Map<String, GgufTensor> tensors) {
      long start = offset;
      String name = bytes.name(skipString());
      long[] shape = shape(name);
      long typeOffset = offset;
      long type = bytes.uint32(typeOffset);
      long position = bytes.int64(typeOffset + Integer.BYTES);
      offset = typeOffset + Integer.BYTES + Long.BYTES;
      GgufTensor tensor = new GgufTensor(name, shape, type, position, start);
      if (tensors.put(name, tensor) != null) {
        throw bytes.fault(start, "tensor " + name + " a second time", "each tensor once");
      }
    }

    /** GGUF has the contiguous dimension first, we have it last. */
    private long[] shape(String name) {
      long dimensions = bytes.uint32(offset);
      if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
        throw bytes.fault(offset, dimensions + " dimensions of " + name, "1 to " + MOST_DIMENSIONS);
      }
      offset += Integer.BYTES;
      long[] shape = new long[(int) dimensions];
      for (int i = shape.length - 1; i >= 0; i--) {
        shape[i] = size(name);
      }
      return shape;
    }

    private long size(String name) {
      long size = bytes.int64(offset);
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw bytes.fault(
            offset,
            "a dimension of " + Long.toUnsignedString(size) + " in " + name,
            "1 to " + Integer.MAX_VALUE);
      }
      offset += Long.BYTES;
      return size;
    }
  }
}
