package dev.chasqui.schemas.serde;

import dev.chasqui.schemas.registry.RegistryClient;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.SchemaCache;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records in Confluent's wire format into generated events.
 *
 * <p>The reader's schema is the compiled class: the one that {@code specific.avro.value.type} (or
 * {@code specific.avro.key.type}) names, else the one with the name of the writer's schema. {@code
 * specific.avro.reader} is accepted and always true. Safe for threads once configured.
 *
 * <p>{@link #deserialize} throws {@link MalformedRecordException} for bytes that are no such event,
 * {@link dev.chasqui.schemas.registry.UnknownSchemaException} for an id that the registry denies
 * and {@link dev.chasqui.schemas.registry.RegistryUnavailableException} while the registry does not
 * answer.
 *
 * @param <T> the events
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  /** Names the class to read values into. */
  public static final String VALUE_TYPE = "specific.avro.value.type";

  private static final String KEY_TYPE = "specific.avro.key.type";

  private final Map<Schema, EventReader<T>> readers = new ConcurrentHashMap<>();
  private @Nullable SchemaCache schemas;
  private Optional<Class<? extends SpecificRecord>> type = Optional.empty();

  /** Made by Kafka, which calls {@link #configure} next. */
  public AvroDeserializer() {}

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    close();
    schemas = new SchemaCache(new RegistryClient(RegistrySettings.from(configuration)));
    String key = isKey ? KEY_TYPE : VALUE_TYPE;
    type = Optional.ofNullable(configuration.get(key)).map(value -> named(key, value));
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    if (schemas == null) {
      throw new IllegalStateException("the deserializer is not configured, or closed");
    }
    Schema writer = schemas.schema(WireFormat.schemaId(bytes));
    return readers.computeIfAbsent(writer, this::reader).read(bytes);
  }

  @Override
  public void close() {
    readers.clear();
    if (schemas != null) {
      schemas.close();
      schemas = null;
    }
  }

  private EventReader<T> reader(Schema writer) {
    return new EventReader<>(writer, type.orElseGet(() -> EventTypes.of(writer)));
  }

  private static Class<? extends SpecificRecord> named(String key, Object value) {
    if (value instanceof Class<?> type) {
      return type.asSubclass(SpecificRecord.class);
    }
    try {
      return EventTypes.load(value.toString());
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new ConfigException(key, value, "not a class that Avro generated");
    }
  }
}
