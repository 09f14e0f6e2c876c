package dev.chasqui.schemas.registry;

import java.net.URI;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry answered.
 *
 * @param from the registry
 * @param status the HTTP status
 * @param body the JSON object that came; empty if something else came
 */
record RegistryAnswer(URI from, int status, Optional<JsonNode> body) {
  private static final JsonMapper JSON = new JsonMapper();

  static RegistryAnswer of(URI from, int status, String text) {
    return new RegistryAnswer(from, status, parse(text));
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The registry's own error code; 0 where it named none, as a proxy or a wrong path does. */
  int errorCode() {
    return body.map(json -> json.path("error_code").asInt(0)).orElse(0);
  }

  String message() {
    return body.map(json -> json.path("message").asString("")).orElse("");
  }

  /** Whether asking again may help: the server is in trouble or too busy. */
  boolean passing() {
    return status >= 500 || status == 408 || status == 429;
  }

  RegistryUnavailableException notARegistry(String what) {
    String advice =
        status == 401 || status == 403
            ? "Check basic.auth.credentials.source and basic.auth.user.info."
            : "Check schema.registry.url.";
    return new RegistryUnavailableException(
        "%s: %s answered status %d, error code %d %s. %s"
            .formatted(what, from, status, errorCode(), message(), advice));
  }
}
