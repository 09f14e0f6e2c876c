package dev.chasqui.cli.kafka;

import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes events as plain JSON: fields that are null are left out, times are ISO 8601. */
public final class EventJson {

  private static final JsonMapper JSON = new JsonMapper();

  private EventJson() {}

  /**
   * Returns an event as an object.
   *
   * @param event any event
   */
  public static ObjectNode of(IndexedRecord event) {
    ObjectNode object = JSON.createObjectNode();
    for (Schema.Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value != null) {
        object.set(field.name(), node(value));
      }
    }
    return object;
  }

  private static @Nullable JsonNode node(Object value) {
    return switch (value) {
      case IndexedRecord nested -> of(nested);
      case Collection<?> items -> {
        ArrayNode array = JSON.createArrayNode();
        items.forEach(item -> array.add(node(item)));
        yield array;
      }
      case Map<?, ?> entries -> {
        ObjectNode object = JSON.createObjectNode();
        entries.forEach((key, item) -> object.set(key.toString(), node(item)));
        yield object;
      }
      case Number number -> JSON.valueToTree(number);
      case Boolean flag -> JSON.getNodeFactory().booleanNode(flag);
      default -> JSON.getNodeFactory().stringNode(value.toString());
    };
  }
}
