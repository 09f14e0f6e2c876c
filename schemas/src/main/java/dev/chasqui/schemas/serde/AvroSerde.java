package dev.chasqui.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@link AvroSerializer} and {@link AvroDeserializer} for one event class.
 *
 * @param <T> the events
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final AvroSerializer<T> serializer = new AvroSerializer<>();
  private final AvroDeserializer<T> deserializer = new AvroDeserializer<>();
  private final Map<String, Object> additions;

  /** Made by Kafka: each record is read into the class that its writer's schema names. */
  public AvroSerde() {
    additions = Map.of();
  }

  /**
   * Reads every record into one class; {@link #configure} comes next.
   *
   * @param type the class that Avro generated
   */
  public AvroSerde(Class<T> type) {
    additions = Map.of(AvroDeserializer.VALUE_TYPE, type);
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    Map<String, Object> all = new HashMap<>(configuration);
    all.putAll(additions);
    serializer.configure(all, isKey);
    deserializer.configure(all, isKey);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }

  @Override
  public void close() {
    serializer.close();
    deserializer.close();
  }
}
