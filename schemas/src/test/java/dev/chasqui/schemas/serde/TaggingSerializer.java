package dev.chasqui.schemas.serde;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serializer;

/** A serializer of another make, chosen by its class name. */
public final class TaggingSerializer implements Serializer<Object> {
  @Override
  public byte[] serialize(String topic, Object event) {
    return topic.getBytes(StandardCharsets.UTF_8);
  }
}
