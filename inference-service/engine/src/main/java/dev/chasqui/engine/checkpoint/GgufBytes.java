package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a GGUF file, little endian; no read goes beyond their end.
 *
 * @param file for messages
 * @param bytes the whole file
 */
record GgufBytes(Path file, MemorySegment bytes) {

  /** Longest string, in bytes: chat templates are the longest of all and stay below 100 kB. */
  static final long MOST_STRING_BYTES = 1 << 24;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  long size() {
    return bytes.byteSize();
  }

  long uint32(long offset) {
    require(offset, Integer.BYTES, "a 32-bit number");
    return Integer.toUnsignedLong(bytes.get(INT, offset));
  }

  long int64(long offset) {
    require(offset, Long.BYTES, "a 64-bit number");
    return bytes.get(LONG, offset);
  }

  /** Reads an unsigned 64-bit number that counts what takes at least so many bytes each. */
  long count(long offset, long leastBytesEach, String what) {
    long count = int64(offset);
    long room = (size() - offset - Long.BYTES) / leastBytesEach;
    if (count < 0 || count > room) {
      throw fault(
          offset,
          "%s %s".formatted(Long.toUnsignedString(count), what),
          "at most the %d that fit the rest of the file".formatted(room));
    }
    return count;
  }

  /** Returns the bytes that a number or flag takes, after a check that they are there. */
  int numberBytes(GgufType type, long offset) {
    require(offset, type.leastBytes(), "a " + type);
    return type.leastBytes();
  }

  /** Reads a number of an integer type; a 64-bit unsigned one may come out negative. */
  long integer(GgufType type, long offset) {
    require(offset, type.leastBytes(), "a " + type);
    return switch (type) {
      case UINT8, BOOL -> Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, offset));
      case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, offset);
      case UINT16 -> Short.toUnsignedLong(bytes.get(SHORT, offset));
      case INT16 -> bytes.get(SHORT, offset);
      case UINT32 -> uint32(offset);
      case INT32 -> bytes.get(INT, offset);
      case UINT64, INT64 -> int64(offset);
      case FLOAT32, FLOAT64, STRING, ARRAY -> throw fault(offset, "a " + type, "an integer");
    };
  }

  /** Reads a number of any type. */
  double real(GgufType type, long offset) {
    require(offset, type.leastBytes(), "a " + type);
    return switch (type) {
      case FLOAT32 -> Float.intBitsToFloat(bytes.get(INT, offset));
      case FLOAT64 -> Double.longBitsToDouble(bytes.get(LONG, offset));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> integer(type, offset);
      case BOOL, STRING, ARRAY -> throw fault(offset, "a " + type, "a number");
    };
  }

  /** Returns the bytes that a string takes with its length, after a check that they are there. */
  long stringBytes(long offset) {
    long length = count(offset, 1, "bytes of a string");
    if (length > MOST_STRING_BYTES) {
      throw fault(offset, "a string of " + length + " bytes", "at most " + MOST_STRING_BYTES);
    }
    return Long.BYTES + length;
  }

  /** Reads a string of any content; what is not UTF-8 becomes U+FFFD. */
  String text(long offset) {
    return new String(stringContent(offset), StandardCharsets.UTF_8);
  }

  /** Reads a string that must be UTF-8: the name of something. */
  String name(long offset) {
    try {
      ByteBuffer content = ByteBuffer.wrap(stringContent(offset));
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw fault(offset, "a name that is not UTF-8 (" + e.getMessage() + ")", "UTF-8");
    }
  }

  private byte[] stringContent(long offset) {
    long length = stringBytes(offset) - Long.BYTES;
    return bytes.asSlice(offset + Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private void require(long offset, long length, String what) {
    if (offset < 0 || offset > size() - length) {
      throw fault(offset, "the end of the file (" + size() + " bytes)", what);
    }
  }

  CheckpointException fault(long offset, String found, String expected) {
    return CheckpointException.at(
        file,
        offset,
        found,
        expected + ". The file is damaged or not a GGUF file of a Llama model; fetch it again.");
  }
}
