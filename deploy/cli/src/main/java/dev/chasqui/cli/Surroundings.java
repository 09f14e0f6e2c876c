package dev.chasqui.cli;

import dev.chasqui.cli.fetch.ModelStore;
import dev.chasqui.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param terminal where it writes
 * @param environment environment variables
 * @param models where models come from
 */
public record Surroundings(Terminal terminal, Map<String, String> environment, ModelStore models) {

  /** Copies the environment. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /**
   * Returns the surroundings of this process.
   *
   * @param terminal where it writes
   */
  public static Surroundings ofProcess(Terminal terminal) {
    Path home = Path.of(System.getProperty("user.home"));
    return new Surroundings(
        terminal, System.getenv(), ModelStore.of(System.getenv(), home, terminal));
  }
}
