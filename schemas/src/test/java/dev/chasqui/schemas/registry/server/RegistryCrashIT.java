package dev.chasqui.schemas.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.schemas.registry.RegistryClient;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's process is killed in the middle of its work, several times over. */
class RegistryCrashIT {
  private static final int ROUNDS = 3;
  private static final int KILLED_AFTER = 20;

  @TempDir private Path directory;
  private final Map<Schema, Integer> answered = new LinkedHashMap<>();

  private Process start() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                RegistryMain.class.getName(),
                directory.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static RegistryClient client(String url) {
    return new RegistryClient(
        RegistrySettings.from(Map.of("schema.registry.url", url, "max.retries", "0")));
  }

  private static Schema schema(int number) {
    return SchemaBuilder.record("R" + number).fields().requiredInt("f").endRecord();
  }

  /** Registers new schemas, kills the process while one is under way, and notes the answers. */
  private void registerUntilKilled() throws IOException {
    Process process = start();
    try (RegistryClient client = client(process.inputReader().readLine())) {
      int first = answered.size();
      for (int n = first; process.isAlive() || n < first + KILLED_AFTER; n++) {
        if (n == first + KILLED_AFTER) {
          Thread.ofVirtual().start(process::destroyForcibly);
        }
        answered.put(schema(n), client.register("subject-" + n, schema(n)));
      }
    } catch (RegistryUnavailableException e) {
      assertThat(answered).hasSizeGreaterThanOrEqualTo(KILLED_AFTER);
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  @Test
  void forgetsNothingThatItAnswered() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      registerUntilKilled();
    }
    try (RegistryServer registry = RegistryServer.start(directory, 0);
        RegistryClient client = client(registry.url().toString())) {
      answered.forEach((schema, id) -> assertThat(client.schema(id)).isEqualTo(schema));
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(ROUNDS * KILLED_AFTER);
    assertThat(answered.values()).doesNotHaveDuplicates();
  }
}
