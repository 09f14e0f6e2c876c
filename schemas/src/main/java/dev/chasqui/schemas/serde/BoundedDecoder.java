package dev.chasqui.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Refuses lengths that exceed the whole record before memory is taken for them.
 *
 * <p>Avro's own decoder allocates what a length claims, so that ten hostile bytes could end the
 * JVM. Every item of an array or map of ours takes at least one byte, so counts are bounded alike.
 */
final class BoundedDecoder extends Decoder {
  private final BinaryDecoder in;
  private final int recordBytes;

  BoundedDecoder(BinaryDecoder in, int recordBytes) {
    this.in = in;
    this.recordBytes = recordBytes;
  }

  private long bounded(long claimed) {
    if (claimed < 0 || claimed > recordBytes) {
      throw new AvroRuntimeException(
          "a length of %d is claimed inside a record of %d bytes".formatted(claimed, recordBytes));
    }
    return claimed;
  }

  @Override
  public String readString() throws IOException {
    return new String(readSized(), StandardCharsets.UTF_8);
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    return new Utf8(readSized());
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(readSized());
  }

  private byte[] readSized() throws IOException {
    byte[] bytes = new byte[(int) bounded(in.readLong())];
    in.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  public void skipString() throws IOException {
    readSized();
  }

  @Override
  public void skipBytes() throws IOException {
    readSized();
  }

  @Override
  public long readArrayStart() throws IOException {
    return bounded(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return bounded(in.arrayNext());
  }

  @Override
  public long skipArray() throws IOException {
    return bounded(in.skipArray());
  }

  @Override
  public long readMapStart() throws IOException {
    return bounded(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return bounded(in.mapNext());
  }

  @Override
  public long skipMap() throws IOException {
    return bounded(in.skipMap());
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }
}
