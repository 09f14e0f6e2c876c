package dev.chasqui.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Reads what was written in one schema into one generated class; safe for threads. */
final class EventReader<T extends SpecificRecord> {
  private final Schema writer;
  private final SpecificDatumReader<T> reader;

  EventReader(Schema writer, Class<? extends SpecificRecord> type) {
    SpecificData model = SpecificData.getForClass(type);
    this.writer = writer;
    reader = new SpecificDatumReader<>(writer, model.getSchema(type), model);
  }

  /**
   * Reads one record.
   *
   * @throws MalformedRecordException if the bytes are no such record
   */
  T read(byte[] bytes) {
    int length = bytes.length - WireFormat.HEADER_BYTES;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, WireFormat.HEADER_BYTES, length, null);
    T event = decode(new BoundedDecoder(decoder, length), length);
    requireEnd(decoder, length);
    return event;
  }

  private T decode(BoundedDecoder decoder, int length) {
    try {
      return reader.read(null, decoder);
    } catch (EOFException e) {
      throw malformed(length, "they end too early", e);
    } catch (IOException | RuntimeException e) {
      // Avro has no one exception for bad bytes: a wrong index or a huge count throws what it likes
      throw malformed(length, String.valueOf(e.getMessage()), e);
    }
  }

  private void requireEnd(BinaryDecoder decoder, int length) {
    try {
      if (!decoder.isEnd()) {
        throw new MalformedRecordException(
            "the %d bytes after the schema id go on behind the end of a %s"
                .formatted(length, writer.getFullName()));
      }
    } catch (IOException e) {
      throw malformed(length, String.valueOf(e.getMessage()), e);
    }
  }

  private MalformedRecordException malformed(int length, String reason, Exception cause) {
    return new MalformedRecordException(
        "the %d bytes after the schema id are no %s: %s"
            .formatted(length, writer.getFullName(), reason),
        cause);
  }
}
