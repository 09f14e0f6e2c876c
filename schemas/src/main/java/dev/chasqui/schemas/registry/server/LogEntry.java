package dev.chasqui.schemas.registry.server;

import dev.chasqui.schemas.compatibility.CompatibilityLevel;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of the registry's file: everything that ever changed it. */
sealed interface LogEntry {
  JsonMapper JSON = new JsonMapper();

  /** A version of a subject. */
  record Registered(String subject, int version, int id, String schema) implements LogEntry {}

  /** A compatibility level of a subject, or of all; an empty one falls back to the default. */
  record LevelSet(Optional<String> subject, Optional<CompatibilityLevel> level)
      implements LogEntry {}

  /** The entry as one line of JSON, without line break. */
  default String line() {
    ObjectNode json = JSON.createObjectNode();
    switch (this) {
      case Registered(String subject, int version, int id, String schema) ->
          json.put("type", "registered")
              .put("subject", subject)
              .put("version", version)
              .put("id", id)
              .put("schema", schema);
      case LevelSet(Optional<String> subject, Optional<CompatibilityLevel> level) -> {
        json.put("type", "level");
        subject.ifPresent(name -> json.put("subject", name));
        level.ifPresent(name -> json.put("level", name.name()));
      }
    }
    return JSON.writeValueAsString(json);
  }

  /**
   * Reads a line back.
   *
   * @throws IllegalArgumentException if the line is none of ours
   */
  static LogEntry parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return switch (json.path("type").asString("")) {
        case "registered" ->
            new Registered(
                json.required("subject").asString(),
                json.required("version").asInt(),
                json.required("id").asInt(),
                json.required("schema").asString());
        case "level" ->
            new LevelSet(
                text(json, "subject"), text(json, "level").map(CompatibilityLevel::valueOf));
        default -> throw new IllegalArgumentException("unknown type");
      };
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not an entry: " + e.getMessage(), e);
    }
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.get(field)).map(JsonNode::asString);
  }
}
