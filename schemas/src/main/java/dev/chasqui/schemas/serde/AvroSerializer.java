package dev.chasqui.schemas.serde;

import dev.chasqui.schemas.registry.RegistryClient;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.SchemaCache;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in Confluent's wire format under the subject {@code <topic>-value} or {@code -key}.
 *
 * <p>Configured by the keys of {@link RegistrySettings} and {@code auto.register.schemas} (true).
 * Safe for threads once configured.
 *
 * @param <T> the events
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  static final String AUTO_REGISTER = "auto.register.schemas";

  private @Nullable SchemaCache schemas;
  private boolean autoRegister = true;
  private String suffix = "-value";

  /** Made by Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {}

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    close();
    schemas = new SchemaCache(new RegistryClient(RegistrySettings.from(configuration)));
    Object value = configuration.get(AUTO_REGISTER);
    autoRegister = value == null || Boolean.parseBoolean(value.toString());
    suffix = isKey ? "-key" : "-value";
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T event) {
    if (event == null) {
      return null;
    }
    Schema schema = event.getSchema();
    ByteArrayOutputStream out = WireFormat.open(id(topic + suffix, schema));
    write(event, schema, out);
    return out.toByteArray();
  }

  @Override
  public void close() {
    if (schemas != null) {
      schemas.close();
      schemas = null;
    }
  }

  private int id(String subject, Schema schema) {
    if (schemas == null) {
      throw new IllegalStateException("the serializer is not configured, or closed");
    }
    return autoRegister ? schemas.registered(subject, schema) : schemas.lookedUp(subject, schema);
  }

  private void write(T event, Schema schema, ByteArrayOutputStream out) {
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      SpecificData model = SpecificData.getForClass(event.getClass());
      new SpecificDatumWriter<T>(schema, model).write(event, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AvroRuntimeException | NullPointerException | ClassCastException e) {
      throw new SerializationException(
          "cannot write a %s: %s".formatted(schema.getFullName(), e.getMessage()), e);
    }
  }
}
