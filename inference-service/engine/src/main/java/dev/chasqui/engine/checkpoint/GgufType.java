package dev.chasqui.engine.checkpoint;

import java.util.Optional;

/** Types of metadata values; the code in the file is the ordinal (GGUF specification, 2023). */
enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(8),
  ARRAY(12),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int leastBytes;

  GgufType(int leastBytes) {
    this.leastBytes = leastBytes;
  }

  /** Returns the bytes of a value; of a string or an array, those of its head. */
  int leastBytes() {
    return leastBytes;
  }

  static Optional<GgufType> of(long code) {
    return code >= 0 && code < values().length
        ? Optional.of(values()[(int) code])
        : Optional.empty();
  }
}
