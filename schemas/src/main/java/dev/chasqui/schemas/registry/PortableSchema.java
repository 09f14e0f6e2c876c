package dev.chasqui.schemas.registry;

import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The text of a schema as every language writes it: without the notes of Avro's Java generator. */
public final class PortableSchema {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String JAVA_STRING = "avro.java.string";

  private PortableSchema() {}

  /**
   * Writes a schema for others to read.
   *
   * @param schema a schema, perhaps of a generated class
   * @return its JSON, on one line
   */
  public static String text(Schema schema) {
    JsonNode json = JSON.readTree(schema.toString());
    strip(json);
    return new Schema.Parser().parse(JSON.writeValueAsString(json)).toString();
  }

  private static void strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(JAVA_STRING);
    }
    node.forEach(PortableSchema::strip);
  }
}
