package dev.chasqui.cli.kafka;

import dev.chasqui.cli.Surroundings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Kafka and the schema registry are. */
public final class ConnectionOptions {

  private static final String BOOTSTRAP = "localhost:9092";
  private static final String REGISTRY = "http://localhost:8081";

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka. Default: $CHASQUI_BOOTSTRAP, else " + BOOTSTRAP + ".")
  private @Nullable String bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Schema registry. Default: $CHASQUI_REGISTRY, else " + REGISTRY + ".")
  private @Nullable String registry;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties for Kafka clients, registry and topic names (security, chasqui.topics.*).")
  private @Nullable Path file;

  /**
   * Returns the connection; what the command line says wins over the file.
   *
   * @param surroundings whose environment holds where the line says nothing
   * @throws IOException if the file cannot be read
   */
  public Connection connection(Surroundings surroundings) throws IOException {
    Map<String, Object> settings = new HashMap<>(fromFile());
    Map<String, String> environment = surroundings.environment();
    settings.putIfAbsent(
        Connection.BOOTSTRAP, environment.getOrDefault("CHASQUI_BOOTSTRAP", BOOTSTRAP));
    settings.putIfAbsent(
        Connection.REGISTRY, environment.getOrDefault("CHASQUI_REGISTRY", REGISTRY));
    if (bootstrap != null) {
      settings.put(Connection.BOOTSTRAP, bootstrap);
    }
    if (registry != null) {
      settings.put(Connection.REGISTRY, registry);
    }
    return new Connection(settings);
  }

  private Map<String, Object> fromFile() throws IOException {
    Map<String, Object> settings = new HashMap<>();
    if (file != null) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().forEach(key -> settings.put(key, properties.get(key)));
    }
    return settings;
  }
}
