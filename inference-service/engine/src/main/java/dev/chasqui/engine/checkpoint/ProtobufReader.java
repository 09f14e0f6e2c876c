package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.file.Path;

/**
 * Reads the fields of one protobuf message one after the other (protobuf.dev, "Encoding"). Every
 * length is checked against what is left.
 */
final class ProtobufReader {

  private final Path file;
  private final byte[] bytes;
  private final int end;
  private int position;
  private int wireType;

  ProtobufReader(Path file, byte[] bytes) {
    this(file, bytes, 0, bytes.length);
  }

  private ProtobufReader(Path file, byte[] bytes, int start, int end) {
    this.file = file;
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  /** Returns the byte of the file where the next field begins. */
  int position() {
    return position;
  }

  boolean hasNext() {
    return position < end;
  }

  /** Goes to the next field and returns its number; its value must be read or skipped then. */
  int next() {
    long tag = varint();
    wireType = (int) (tag & 7);
    return (int) (tag >>> 3);
  }

  /** Returns the value of a whole number or truth value. */
  long number() {
    expect(0, "a number");
    return varint();
  }

  /** Returns the value of a float. */
  float real() {
    expect(5, "a float");
    int start = advance(4);
    int bits = 0;
    for (int i = 3; i >= 0; i--) {
      bits = bits << 8 | bytes[start + i] & 0xff;
    }
    return Float.intBitsToFloat(bits);
  }

  /** Returns the value of a string. */
  String text() {
    expect(2, "a string");
    int length = length();
    return new String(bytes, advance(length), length, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Returns a reader of a message within this one. */
  ProtobufReader message() {
    expect(2, "a message");
    int length = length();
    int start = advance(length);
    return new ProtobufReader(file, bytes, start, start + length);
  }

  void skip() {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> advance(8);
      case 2 -> advance(length());
      case 5 -> advance(4);
      default -> throw failure("wire type " + wireType, "0, 1, 2 or 5");
    }
  }

  private void expect(int type, String what) {
    if (wireType != type) {
      throw failure("wire type " + wireType, what);
    }
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw failure("a length of " + length, "at most the " + (end - position) + " bytes left");
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = bytes[advance(1)];
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw failure("a number of more than 10 bytes", "10 at most");
  }

  private int advance(int length) {
    if (length > end - position) {
      throw failure("the end", length + " more bytes");
    }
    int start = position;
    position += length;
    return start;
  }

  private CheckpointException failure(String found, String expected) {
    return CheckpointException.at(file, position, found, expected);
  }
}
