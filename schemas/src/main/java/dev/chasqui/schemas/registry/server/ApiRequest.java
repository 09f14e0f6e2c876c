package dev.chasqui.schemas.registry.server;

import dev.chasqui.schemas.compatibility.CompatibilityLevel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that found its route.
 *
 * @param segments the variable parts of its path, decoded
 * @param query the parameters behind the path
 * @param body the text that came with it
 */
record ApiRequest(List<String> segments, Map<String, String> query, String body) {
  private static final JsonMapper JSON = new JsonMapper();

  String segment(int index) {
    return segments.get(index);
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(query.getOrDefault(name, "false"));
  }

  /** The version in the path; {@code latest} and -1 stand for the given one. */
  int version(int latest) throws RegistryError {
    String text = segment(1);
    if (text.equals("latest") || text.equals("-1")) {
      return latest;
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw RegistryError.invalidVersion(text);
    }
    throw RegistryError.invalidVersion(text);
  }

  /** The Avro schema in the body. */
  Schema schema() throws RegistryError {
    JsonNode json = json();
    String type = json.path("schemaType").asString("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryError.invalidSchema("type " + type + "; this registry holds AVRO only");
    }
    if (!json.path("references").isEmpty()) {
      throw RegistryError.invalidSchema("references; this registry takes whole schemas only");
    }
    try {
      return new Schema.Parser().parse(json.path("schema").asString(""));
    } catch (AvroRuntimeException e) {
      throw RegistryError.invalidSchema(e.getMessage());
    }
  }

  /** The compatibility level in the body. */
  CompatibilityLevel level() throws RegistryError {
    String name = json().path("compatibility").asString("");
    try {
      return CompatibilityLevel.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw RegistryError.invalidLevel(name);
    }
  }

  private JsonNode json() throws RegistryError {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw RegistryError.badRequest("The body is not JSON: " + e.getOriginalMessage());
    }
    throw RegistryError.badRequest("The body is not a JSON object");
  }
}
