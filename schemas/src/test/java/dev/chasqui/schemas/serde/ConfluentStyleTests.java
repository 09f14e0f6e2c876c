package dev.chasqui.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.RegistryUnavailableException;
import dev.chasqui.schemas.registry.server.RegistryServer;
import dev.chasqui.schemas.serde.DecodeOutcome.Malformed;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a decoder makes of a deserializer in Confluent's manner, chosen by its class name. */
class ConfluentStyleTests {
  @TempDir private Path directory;
  private RegistryServer registry;
  private byte[] prompt;

  @BeforeEach
  void start() throws IOException {
    registry = RegistryServer.start(directory, 0);
    try (Serializer<PromptSubmitted> serializer =
        serdes(registry.url().toString()).serializer(PromptSubmitted.class)) {
      prompt = serializer.serialize("chasqui.prompts", SampleEvents.prompt());
    }
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private static EventSerdes serdes(String url) {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put(RegistrySettings.URL, url);
    configuration.put("max.retries", "0");
    configuration.put(EventSerdes.DESERIALIZER, ConfluentStyleDeserializer.class.getName());
    return new EventSerdes(configuration);
  }

  private static DecodeOutcome<PromptSubmitted> decode(String url, byte[] bytes) {
    try (RecordDecoder<PromptSubmitted> decoder = serdes(url).decoder(PromptSubmitted.class)) {
      return decoder.decode("chasqui.prompts", new RecordHeaders(), bytes);
    }
  }

  private String code(byte[] bytes) {
    DecodeOutcome<PromptSubmitted> outcome = decode(registry.url().toString(), bytes);
    assertThat(outcome).isInstanceOf(Malformed.class);
    return ((Malformed<PromptSubmitted>) outcome).code();
  }

  @Test
  void readsWhatWeWrote() {
    assertThat(decode(registry.url().toString(), prompt))
        .isEqualTo(new Readable<>(SampleEvents.prompt()));
  }

  @Test
  void tellsBadBytesFromAnUnknownSchema() {
    assertThat(code(Arrays.copyOf(prompt, prompt.length - 3))).isEqualTo("malformed-record");
    assertThat(code(new byte[] {1, 2, 3, 4, 5, 6})).isEqualTo("malformed-record");
    assertThat(code(HexFormat.of().parseHex("0000bc614e0000"))).isEqualTo("unknown-schema");
  }

  @Test
  void waitsForARegistryThatIsGone() {
    String url = registry.url().toString();
    registry.close();

    assertThatThrownBy(() -> decode(url, prompt)).isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void waitsForARegistryThatTurnsUsAway() throws IOException {
    assertThatThrownBy(() -> decodeAt(401, "{\"error_code\":401,\"message\":\"no\"}"))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> decodeAt(403, "{\"error_code\":40301,\"message\":\"no\"}"))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> decodeAt(500, "{\"error_code\":50001,\"message\":\"no\"}"))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> decodeAt(404, "<html>not here</html>"))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  private DecodeOutcome<PromptSubmitted> decodeAt(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes());
          }
        });
    server.start();
    try {
      return decode("http://127.0.0.1:" + server.getAddress().getPort(), prompt);
    } finally {
      server.stop(0);
    }
  }
}
