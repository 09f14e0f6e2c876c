package dev.chasqui.standalone.bench;

import dev.chasqui.cli.fetch.ModelStore;
import dev.chasqui.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the measurements. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Chasqui as it runs.")
public final class Main {

  private Main() {}

  /**
   * Runs one measurement.
   *
   * @param arguments its name and its options
   * @throws IOException if the temporary folder cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    int status;
    try (Workplace workplace = Workplace.make()) {
      System.setProperty("chasqui.log.file", workplace.log().toString());
      System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
      status = line(workplace).execute(arguments);
    }
    System.exit(status);
  }

  private static CommandLine line(Workplace workplace) {
    Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
    Path home = Path.of(System.getProperty("user.home"));
    ModelStore models = ModelStore.of(Map.copyOf(System.getenv()), home, terminal);
    Bench bench = new Bench(workplace, terminal, models);
    return new CommandLine(new Main())
        .addSubcommand(new FirstTokenCommand(bench))
        .addSubcommand(new ChangelogCommand(bench))
        .addSubcommand(new RestoreCommand(bench))
        .addSubcommand(new GuardThroughputCommand(bench))
        .addSubcommand(new StopLatencyCommand(bench))
        .setOverwrittenOptionsAllowed(true);
  }
}
