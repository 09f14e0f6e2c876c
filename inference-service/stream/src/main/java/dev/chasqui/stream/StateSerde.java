package dev.chasqui.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The form of state values: Avro single-object encoding, which names the writer's schema by its
 * 64-bit Rabin fingerprint (Avro specification, "Single-object encoding").
 *
 * <p>No registry takes part, so a task can restore while it is away. A new version of the software
 * starts on the state of an earlier one because it brings that one's schemas along. Belongs to one
 * thread at a time.
 *
 * @param <T> the generated record
 */
public final class StateSerde<T extends SpecificRecord> implements Serde<T> {

  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;
  private final String recordName;

  private StateSerde(SpecificData model, Schema current, SchemaStore schemas) {
    this.encoder = new BinaryMessageEncoder<>(model, current);
    this.decoder = new BinaryMessageDecoder<>(model, current, schemas);
    this.recordName = current.getFullName();
  }

  /**
   * Returns the form of a record.
   *
   * @param <T> the generated record
   * @param type its class
   * @param previous schemas that earlier versions wrote and that may be in a store or changelog
   * @return writes the schema of the class, reads it and the previous ones
   */
  public static <T extends SpecificRecord> StateSerde<T> of(Class<T> type, List<Schema> previous) {
    SpecificData model = StateModel.of(type);
    SchemaStore.Cache schemas = new SchemaStore.Cache();
    previous.forEach(schemas::addSchema);
    return new StateSerde<>(model, model.getSchema(type), schemas);
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> encode(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decode(topic, bytes);
  }

  private byte @Nullable [] encode(@Nullable T value) {
    if (value == null) {
      return null;
    }
    try {
      ByteBuffer encoded = encoder.encode(value);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a " + recordName, e);
    }
  }

  private @Nullable T decode(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return decoder.decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(unreadable(topic, bytes), e);
    } catch (AvroRuntimeException e) {
      throw new AvroRuntimeException(unreadable(topic, bytes), e);
    }
  }

  private String unreadable(String topic, byte[] bytes) {
    return "an entry of %d bytes in %s is no %s that this version knows"
        .formatted(bytes.length, topic, recordName);
  }
}
