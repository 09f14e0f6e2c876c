package dev.chasqui.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes serializers and deserializers of the configured classes, ours by default.
 *
 * <p>Whoever asks owns and closes what it gets.
 */
public final class EventSerdes {
  /** Names the serializer's class. */
  public static final String SERIALIZER = "chasqui.serde.serializer";

  /** Names the deserializer's class. */
  public static final String DESERIALIZER = "chasqui.serde.deserializer";

  private final Map<String, Object> configuration;

  /**
   * Takes the configuration that every serde will get.
   *
   * @param configuration registry, credentials and class names, see {@link
   *     dev.chasqui.schemas.registry.RegistrySettings}
   */
  public EventSerdes(Map<String, ?> configuration) {
    this.configuration = new HashMap<>(configuration);
  }

  /**
   * A configured serde for values.
   *
   * @param type the events
   * @param <T> the events
   * @return a serializer and a deserializer
   */
  public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
    return Serdes.serdeFrom(serializer(type), deserializer(type));
  }

  /**
   * A configured serializer for values.
   *
   * @param type the events
   * @param <T> the events
   * @return the serializer
   */
  @SuppressWarnings("unchecked") // a serializer takes whatever Avro generated
  public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
    Serializer<T> serializer =
        instance(SERIALIZER, AvroSerializer.class.getName(), Serializer.class);
    serializer.configure(configuration, false);
    return serializer;
  }

  /**
   * A configured deserializer for values.
   *
   * @param type the events
   * @param <T> the events
   * @return the deserializer
   */
  @SuppressWarnings("unchecked") // RecordDecoder checks what comes out
  public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
    SpecificData.getForClass(type); // loads the class, which makes Avro trust it
    Map<String, Object> all = new HashMap<>(configuration);
    all.put("specific.avro.reader", true);
    all.put(AvroDeserializer.VALUE_TYPE, type);
    Deserializer<T> deserializer =
        instance(DESERIALIZER, AvroDeserializer.class.getName(), Deserializer.class);
    deserializer.configure(all, false);
    return deserializer;
  }

  /**
   * A decoder that tells malformed records from readable ones.
   *
   * @param type the events
   * @param <T> the events
   * @return the decoder, which owns its deserializer
   */
  public <T extends SpecificRecord> RecordDecoder<T> decoder(Class<T> type) {
    return new RecordDecoder<>(type, deserializer(type));
  }

  private <S> S instance(String key, String fallback, Class<S> kind) {
    Object named = configuration.get(key);
    String name = named == null || named.toString().isBlank() ? fallback : named.toString();
    try {
      Class<?> type = Class.forName(name, true, loader());
      return kind.cast(type.getConstructor().newInstance());
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new ConfigException(
          key,
          name,
          "cannot make a %s of it (%s). Is its jar on the class path (Maven profile confluent)?"
              .formatted(kind.getSimpleName(), e));
    }
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : EventSerdes.class.getClassLoader();
  }
}
