package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A part of a file, little endian; no read goes beyond its end.
 *
 * @param file for messages
 * @param bytes the part
 * @param base where the part begins in the file, for messages
 */
record MappedBytes(Path file, MemorySegment bytes, long base) {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  long size() {
    return bytes.byteSize();
  }

  int uint8(long offset) {
    require(offset, Byte.BYTES);
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, offset));
  }

  int uint16(long offset) {
    require(offset, Short.BYTES);
    return Short.toUnsignedInt(bytes.get(SHORT, offset));
  }

  long uint32(long offset) {
    require(offset, Integer.BYTES);
    return Integer.toUnsignedLong(bytes.get(INT, offset));
  }

  long int64(long offset) {
    require(offset, Long.BYTES);
    return bytes.get(LONG, offset);
  }

  /** Reads text; what is not UTF-8 becomes U+FFFD. */
  String text(long offset, long length) {
    require(offset, length);
    byte[] content = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(content, StandardCharsets.UTF_8);
  }

  MappedBytes part(long offset, long length) {
    require(offset, length);
    return new MappedBytes(file, bytes.asSlice(offset, length), base + offset);
  }

  void require(long offset, long length) {
    if (offset < 0 || length < 0 || offset > size() - length) {
      throw fault(
          Math.clamp(offset, 0, size()), "the end", Long.toUnsignedString(length) + " more bytes");
    }
  }

  CheckpointException fault(long offset, String found, String expected) {
    return CheckpointException.at(
        file,
        base + offset,
        found,
        expected + ". The file is damaged or no checkpoint of a Llama model; fetch it again.");
  }
}
