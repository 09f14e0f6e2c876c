package dev.chasqui.schemas.serde;

import dev.chasqui.schemas.registry.RegistryUnavailableException;
import dev.chasqui.schemas.serde.DecodeOutcome.Malformed;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes record bytes with any Kafka deserializer and classifies what goes wrong.
 *
 * <p>Works on the caller's thread and is as safe for threads as its deserializer.
 *
 * @param <T> the events of the topic
 */
public final class RecordDecoder<T> implements AutoCloseable {
  private final Class<T> type;
  private final Deserializer<?> deserializer;

  /**
   * Takes over a configured deserializer.
   *
   * @param type the events of the topic
   * @param deserializer ours, Confluent's or another; closed by this decoder
   */
  public RecordDecoder(Class<T> type, Deserializer<?> deserializer) {
    this.type = type;
    this.deserializer = deserializer;
  }

  /**
   * Decodes the bytes of one record.
   *
   * @param topic where the record lies
   * @param headers the record's headers
   * @param bytes the record's key or value
   * @return the event, or why there is none
   * @throws RegistryUnavailableException if nothing can be said about the record yet: try again
   *     later, and do not go past it
   */
  public DecodeOutcome<T> decode(String topic, Headers headers, byte @Nullable [] bytes) {
    try {
      return typed(deserializer.deserialize(topic, headers, bytes));
    } catch (SerializationException e) {
      return FailureKind.of(e).outcome(e);
    } catch (RegistryUnavailableException e) {
      throw e;
    } catch (RetriableException | InvalidConfigurationException e) {
      // Confluent's words for a registry that times out, or does not let us in
      throw new RegistryUnavailableException(e.toString(), e);
    } catch (AvroRuntimeException
        | ClassCastException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      // bad bytes make Avro throw these, and not every deserializer wraps them
      return FailureKind.MALFORMED.outcome(new SerializationException(e.toString(), e));
    }
  }

  @Override
  public void close() {
    deserializer.close();
  }

  private DecodeOutcome<T> typed(@Nullable Object value) {
    if (value == null) {
      return new Malformed<>("empty-record", "the record has no value; expected " + type.getName());
    }
    if (!type.isInstance(value)) {
      return new Malformed<>(
          "unexpected-type",
          "the record holds a %s; expected %s"
              .formatted(value.getClass().getName(), type.getName()));
    }
    return new Readable<>(type.cast(value));
  }
}
