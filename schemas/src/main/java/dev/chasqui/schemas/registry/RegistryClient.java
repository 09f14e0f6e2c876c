package dev.chasqui.schemas.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a registry; every call is one request, repeated while the registry does not answer. */
public final class RegistryClient implements AutoCloseable {
  /** The registry's code for an id that it never gave. */
  private static final int SCHEMA_NOT_FOUND = 40403;

  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final JsonMapper JSON = new JsonMapper();

  private final RegistryTransport transport;

  /**
   * Opens no connection yet: the first call does.
   *
   * @param settings where the registry is
   */
  public RegistryClient(RegistrySettings settings) {
    transport = new RegistryTransport(settings);
  }

  /**
   * Fetches a schema.
   *
   * @param id the id in a record's first bytes
   * @return the schema
   * @throws UnknownSchemaException if the registry knows no Avro schema of that id
   * @throws RegistryUnavailableException if no registry answers
   */
  public Schema schema(int id) {
    RegistryAnswer answer = transport.call("GET", "/schemas/ids/" + id, Optional.empty());
    if (answer.errorCode() == SCHEMA_NOT_FOUND) {
      throw new UnknownSchemaException(
          "schema id %d is unknown to the registry %s".formatted(id, answer.from()));
    }
    JsonNode body = requireSuccess(answer, "GET schema id " + id);
    String type = body.path("schemaType").asString("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnknownSchemaException("schema id %d is of type %s, not AVRO".formatted(id, type));
    }
    return parse(id, body.path("schema").asString(""));
  }

  /**
   * Registers a schema; one that the subject holds already keeps its id.
   *
   * @param subject the subject, for example {@code chasqui.prompts-value}
   * @param schema the schema
   * @return its id
   * @throws SchemaRefusedException if the registry does not take the schema
   * @throws RegistryUnavailableException if no registry answers
   */
  public int register(String subject, Schema schema) {
    return idOf("/subjects/" + encoded(subject) + "/versions", subject, schema);
  }

  /**
   * Looks up the id of a schema that was registered before.
   *
   * @param subject the subject
   * @param schema the schema
   * @return its id
   * @throws UnknownSchemaException if the subject does not hold this schema
   * @throws RegistryUnavailableException if no registry answers
   */
  public int lookUp(String subject, Schema schema) {
    return idOf("/subjects/" + encoded(subject), subject, schema);
  }

  /**
   * Sets which changes the registry lets a subject's schema undergo.
   *
   * @param subject the subject
   * @param level a level by its registry name, for example {@code FULL_TRANSITIVE}
   * @throws RegistryUnavailableException if no registry answers, or it does not permit this
   */
  public void setCompatibility(String subject, String level) {
    String request = JSON.writeValueAsString(Map.of("compatibility", level));
    String path = "/config/" + encoded(subject);
    requireSuccess(transport.call("PUT", path, Optional.of(request)), "PUT " + path);
  }

  @Override
  public void close() {
    transport.close();
  }

  private int idOf(String path, String subject, Schema schema) {
    String request = JSON.writeValueAsString(Map.of("schema", PortableSchema.text(schema)));
    RegistryAnswer answer = transport.call("POST", path, Optional.of(request));
    if (answer.errorCode() == SCHEMA_NOT_FOUND || answer.errorCode() == SUBJECT_NOT_FOUND) {
      throw new UnknownSchemaException(
          "%s does not hold our schema %s (%s). Register it, or set auto.register.schemas=true"
              .formatted(subject, schema.getFullName(), answer.message()));
    }
    if (answer.status() == 409 || answer.status() == 422) {
      throw new SchemaRefusedException(
          "the registry refuses %s for %s: %s"
              .formatted(schema.getFullName(), subject, answer.message()));
    }
    JsonNode id = requireSuccess(answer, "POST " + path).path("id");
    if (!id.isInt()) {
      throw answer.notARegistry("POST " + path);
    }
    return id.asInt();
  }

  private static JsonNode requireSuccess(RegistryAnswer answer, String what) {
    if (answer.status() != 200 || answer.body().isEmpty()) {
      throw answer.notARegistry(what);
    }
    return answer.body().get();
  }

  private static Schema parse(int id, String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new UnknownSchemaException(
          "schema id %d is no Avro schema: %s".formatted(id, e.getMessage()));
    }
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
