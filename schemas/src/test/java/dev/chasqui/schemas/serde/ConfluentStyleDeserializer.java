package dev.chasqui.schemas.serde;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Confluent's real registry client with the error handling of its deserializer around it.
 *
 * <p>The deserializer itself is not on Maven Central. This one throws what it throws: the same
 * wrappers around whatever the client and Avro come up with.
 */
public final class ConfluentStyleDeserializer implements Deserializer<Object> {
  private SchemaRegistryClient client;
  private Class<?> type;

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    client =
        new CachedSchemaRegistryClient(
            configuration.get("schema.registry.url").toString(), 100, configuration);
    type = (Class<?>) configuration.get("specific.avro.value.type");
  }

  @Override
  public Object deserialize(String topic, byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.get() != 0) {
      throw new SerializationException("Unknown magic byte!");
    }
    int id = buffer.getInt();
    Schema writer = schema(id);
    try {
      SpecificData model = SpecificData.getForClass(type);
      return new SpecificDatumReader<>(writer, model.getSchema(type), model)
          .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("Error deserializing Avro message for id " + id, e);
    }
  }

  private Schema schema(int id) {
    try {
      return new Schema.Parser().parse(client.getSchemaById(id).canonicalString());
    } catch (InterruptedIOException e) {
      throw new TimeoutException("Error retrieving Avro value schema for id " + id, e);
    } catch (RestClientException e) {
      if (e.getErrorCode() / 100 == 4) {
        throw new InvalidConfigurationException(e.getMessage());
      }
      throw new SerializationException("Error retrieving Avro value schema for id " + id, e);
    } catch (IOException e) {
      throw new SerializationException("Error retrieving Avro value schema for id " + id, e);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
