package dev.chasqui.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS that wants to see a client certificate. */
class TlsTests {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;
  private HttpsServer server;

  @BeforeAll
  static void makeStores() throws IOException, InterruptedException {
    keytool(
        "-genkeypair",
        "-alias",
        "k",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-keystore",
        file("key"));
    keytool("-exportcert", "-alias", "k", "-file", file("cert"), "-keystore", file("key"));
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "c",
        "-file",
        file("cert"),
        "-keystore",
        file("trust"));
  }

  @BeforeEach
  void start() throws IOException {
    TlsSettings.Store key = store("key");
    TlsSettings tls =
        new TlsSettings(
            Optional.of(store("trust")), Optional.of(new TlsSettings.KeyStoreEntry(key, PASSWORD)));
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters needed = getSSLContext().getDefaultSSLParameters();
            needed.setNeedClientAuth(true);
            parameters.setSSLParameters(needed);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] bytes = "{\"schema\":\"\\\"int\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static TlsSettings.Store store(String name) {
    return new TlsSettings.Store(directory.resolve(name), PASSWORD, "PKCS12");
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private Map<String, String> trusting() {
    return Map.of(
        "schema.registry.url",
        "https://127.0.0.1:" + server.getAddress().getPort(),
        "max.retries",
        "0",
        "schema.registry.ssl.truststore.location",
        file("trust"),
        "schema.registry.ssl.truststore.password",
        PASSWORD);
  }

  private static RegistryClient client(Map<String, String> configuration) {
    return new RegistryClient(RegistrySettings.from(configuration));
  }

  @Test
  void showsItsCertificateAndTrustsTheServers() {
    Map<String, String> known = new HashMap<>(trusting());
    known.put("schema.registry.ssl.keystore.location", file("key"));
    known.put("schema.registry.ssl.keystore.password", PASSWORD);

    try (RegistryClient client = client(known)) {
      assertThat(client.schema(1)).isEqualTo(Schema.create(Schema.Type.INT));
    }
  }

  @Test
  void isTurnedAwayWithoutACertificate() {
    try (RegistryClient client = client(trusting())) {
      assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void doesNotTrustAnUnknownServer() {
    Map<String, String> blind = new HashMap<>(trusting());
    blind.remove("schema.registry.ssl.truststore.location");

    try (RegistryClient client = client(blind)) {
      assertThatThrownBy(() -> client.schema(1)).isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void namesTheStoreThatItCannotOpen() {
    Map<String, String> wrong = new HashMap<>(trusting());
    wrong.put("schema.registry.ssl.truststore.password", "wrong");

    try (RegistryClient client = client(wrong)) {
      assertThatThrownBy(() -> client.schema(1))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(file("trust"))
          .hasMessageNotContaining("changeit");
    }
  }
}
