package dev.chasqui.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The five bytes ahead of the Avro encoding: a zero, then the schema's id, big-endian. */
final class WireFormat {
  static final byte MAGIC = 0;
  static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** Opens a record of the schema {@code id}. */
  static ByteArrayOutputStream open(int id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(id).array());
    return out;
  }

  /**
   * The schema id of a record.
   *
   * @throws MalformedRecordException if the record does not begin with a zero and an id
   */
  static int schemaId(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new MalformedRecordException(
          "the record has %d bytes; an Avro record begins with 5: a zero and the schema id"
              .formatted(bytes.length));
    }
    if (bytes[0] != MAGIC) {
      throw new MalformedRecordException(
          "the record begins with byte 0x%02x; an Avro record begins with a zero and the schema id"
              .formatted(bytes[0]));
    }
    return ByteBuffer.wrap(bytes).getInt(1);
  }
}
