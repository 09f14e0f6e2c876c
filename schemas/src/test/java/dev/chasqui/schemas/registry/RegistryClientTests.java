package dev.chasqui.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what the test tells it. */
class RegistryClientTests {
  private static final String STRING = "{\"schema\":\"\\\"string\\\"\"}";

  private record Scripted(int status, String body) {}

  private final Queue<Scripted> script = new ArrayDeque<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      seen.add(
          exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      Scripted next = script.size() > 1 ? script.remove() : script.element();
      byte[] bytes = next.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(next.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private RegistryClient client(Map<String, String> more) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put("schema.registry.url", url());
    configuration.put("retries.wait.ms", "1");
    configuration.putAll(more);
    return new RegistryClient(RegistrySettings.from(configuration));
  }

  @Test
  void asksAgainWhileTheServerIsInTrouble() {
    script.add(new Scripted(500, "{\"error_code\":50001}"));
    script.add(new Scripted(503, "busy"));
    script.add(new Scripted(429, "slow down"));
    script.add(new Scripted(200, STRING));

    try (RegistryClient client = client(Map.of())) {
      assertThat(client.schema(1)).isEqualTo(Schema.create(Schema.Type.STRING));
    }
    assertThat(seen).hasSize(4);
  }

  @Test
  void givesUpAfterTheConfiguredRounds() {
    script.add(new Scripted(500, "{\"error_code\":50002,\"message\":\"timed out\"}"));

    try (RegistryClient client = client(Map.of("max.retries", "2"))) {
      assertThatThrownBy(() -> client.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("after 3 tries")
          .hasMessageContaining("timed out");
    }
    assertThat(seen).hasSize(3);
  }

  @Test
  void goesOnToTheNextAddress() {
    script.add(new Scripted(200, STRING));
    String urls = "http://127.0.0.1:1," + url() + "/";

    try (RegistryClient client = client(Map.of("schema.registry.url", urls, "max.retries", "0"))) {
      assertThat(client.schema(1)).isNotNull();
    }
  }

  @Test
  void takesItsAddressesAsAListToo() {
    Map<String, Object> listed = Map.of("schema.registry.url", List.of(url(), "http://b:1/"));

    assertThat(RegistrySettings.from(listed).urls())
        .containsExactly(URI.create(url()), URI.create("http://b:1"));
  }

  @Test
  void believesOnlyTheRegistrysOwnDenial() {
    try (RegistryClient client = client(Map.of())) {
      script.add(new Scripted(404, "{\"error_code\":40403,\"message\":\"Schema 5 not found\"}"));
      assertThatThrownBy(() -> client.schema(5))
          .isInstanceOf(UnknownSchemaException.class)
          .hasMessageContaining("id 5");

      script.clear();
      script.add(new Scripted(404, "<html>no such page</html>"));
      assertThatThrownBy(() -> client.schema(5)).isInstanceOf(RegistryUnavailableException.class);

      script.clear();
      script.add(new Scripted(200, "<html>please log in</html>"));
      assertThatThrownBy(() -> client.schema(5)).isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void sendsCredentials() {
    script.add(new Scripted(200, STRING));
    Map<String, String> named =
        Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:p");
    Map<String, String> inUrl =
        Map.of("schema.registry.url", url().replace("http://", "http://u:p@"));

    for (Map<String, String> credentials : List.of(named, inUrl)) {
      try (RegistryClient client = client(credentials)) {
        client.schema(7);
      }
      assertThat(seen).last().isEqualTo("/schemas/ids/7 Basic dTpw");
    }
    assertThat(RegistrySettings.from(inUrl).toString()).doesNotContain("u:p");
  }

  @Test
  void saysWhatToCheckWhenItIsNotLetIn() {
    script.add(new Scripted(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}"));

    try (RegistryClient client = client(Map.of())) {
      assertThatThrownBy(() -> client.schema(1))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("basic.auth.user.info");
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    script.add(new Scripted(500, ""));
    try (RegistryClient client = client(Map.of())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> client.schema(1)).isInstanceOf(InterruptException.class);
    }
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void namesTheSettingThatMakesNoSense() {
    assertThatThrownBy(() -> RegistrySettings.from(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("schema.registry.url is empty");
    assertThatThrownBy(() -> client(Map.of("schema.registry.url", "localhost:8081")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http://localhost:8081");
    assertThatThrownBy(() -> client(Map.of("max.retries", "many")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("max.retries");
    assertThatThrownBy(() -> client(Map.of("basic.auth.credentials.source", "USER_INFO")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("basic.auth.user.info");
  }
}
