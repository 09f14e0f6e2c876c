package dev.chasqui.schemas.registry.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** HTTP around the API: bodies in, JSON and status out. */
final class RegistryHandler implements HttpHandler {
  private static final Logger LOG = System.getLogger(RegistryHandler.class.getName());
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int LARGEST_BODY_BYTES = 4 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final Routes routes;

  RegistryHandler(Routes routes) {
    this.routes = routes;
  }

  private record Answer(int status, String json) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(HttpExchange exchange) {
    try {
      String body = body(exchange);
      Object value = routes.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
      return new Answer(200, value instanceof RawJson(String text) ? text : write(value));
    } catch (RegistryError e) {
      return error(e.status(), e.code(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "schema registry: " + exchange.getRequestURI() + " failed", e);
      return error(500, 50001, "Error in the schema registry: " + e.getMessage());
    }
  }

  private static String body(HttpExchange exchange) throws IOException, RegistryError {
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
    if (bytes.length > LARGEST_BODY_BYTES) {
      throw RegistryError.tooLarge(LARGEST_BODY_BYTES);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Answer error(int status, int code, String message) {
    return new Answer(status, write(Map.of("error_code", code, "message", message)));
  }

  private static String write(Object value) {
    return JSON.writeValueAsString(value);
  }
}
