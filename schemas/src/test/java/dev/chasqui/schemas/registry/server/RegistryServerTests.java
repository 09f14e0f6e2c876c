package dev.chasqui.schemas.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServerTests {
  private static final String SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";

  @TempDir private Path directory;
  private RegistryServer registry;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws IOException {
    registry = RegistryServer.start(directory, 0);
  }

  @AfterEach
  void stop() {
    registry.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void answersInTheRegistrysContentType() throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/schemas/types", "");

    assertThat(answer.body()).isEqualTo("[\"AVRO\"]");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/vnd.schemaregistry.v1+json");
  }

  @Test
  void refusesWhatIsNoSchema() throws IOException, InterruptedException {
    assertThat(send("POST", "/subjects/s/versions", "{\"schema\":\"{\"}").body())
        .contains("\"error_code\":42201");
    assertThat(
            send("POST", "/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}")
                .body())
        .contains("\"error_code\":42201")
        .contains("AVRO only");
    assertThat(send("POST", "/subjects/s/versions", "text").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/subjects/s/versions", "x".repeat(5 << 20)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void refusesOddVersions() throws IOException, InterruptedException {
    send("POST", "/subjects/s/versions", SCHEMA);

    assertThat(send("GET", "/subjects/s/versions/zero", "").body()).contains("42202");
    assertThat(send("GET", "/subjects/s/versions/0", "").body()).contains("42202");
    assertThat(send("GET", "/subjects/s/versions/-1", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/subjects/s/versions/latest/schema", "").body())
        .isEqualTo("\"string\"");
  }

  @Test
  void saysWhereASchemaIsInUse() throws IOException, InterruptedException {
    send("POST", "/subjects/s/versions", SCHEMA);

    assertThat(send("GET", "/schemas/ids/1/versions", "").body())
        .contains("\"subject\":\"s\"")
        .contains("\"version\":1");
    assertThat(send("GET", "/schemas/ids/1/subjects", "").body()).isEqualTo("[\"s\"]");
  }

  @Test
  void saysThatItDoesNotDelete() throws IOException, InterruptedException {
    assertThat(send("DELETE", "/subjects/s", "").body()).contains("no DELETE /subjects/s here");
  }

  @Test
  void dropsALineThatWasTornByACrash() throws IOException, InterruptedException {
    send("POST", "/subjects/s/versions", SCHEMA);
    registry.close();
    Path file = directory.resolve("registry.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, whole + "{\"type\":\"registered\",\"subj");

    registry = RegistryServer.start(directory, 0);

    assertThat(send("GET", "/subjects", "").body()).isEqualTo("[\"s\"]");
    assertThat(Files.readString(file)).isEqualTo(whole);
    send("PUT", "/config", "{\"compatibility\":\"full\"}");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void refusesADamagedFile() throws IOException {
    registry.close();
    Files.writeString(directory.resolve("registry.jsonl"), "{}\n");

    assertThatThrownBy(() -> RegistryServer.start(directory, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1 is damaged");

    Files.writeString(directory.resolve("registry.jsonl"), "{\"type\":\"registered\"}\n");
    assertThatThrownBy(() -> RegistryServer.start(directory, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("subject");
  }

  @Test
  void refusesADirectoryInUse() {
    assertThatThrownBy(() -> RegistryServer.start(directory, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use by another registry");
  }

  @Test
  void refusesAPortInUse(@TempDir Path other) {
    assertThatThrownBy(() -> RegistryServer.start(other, registry.url().getPort()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on")
        .hasMessageContaining("Name another port");
  }
}
