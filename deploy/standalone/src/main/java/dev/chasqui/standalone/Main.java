package dev.chasqui.standalone;

import dev.chasqui.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;

/** Starts everything in one process. */
public final class Main {

  private Main() {}

  /**
   * Runs until the demo is over, or with {@code --serve} until the process is ended.
   *
   * @param arguments as typed
   */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
    Path home = Path.of(System.getProperty("user.home"));
    StandaloneCommand command = new StandaloneCommand(terminal, Map.copyOf(System.getenv()), home);
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler((e, typed) -> {
      terminal.err().println(e.getMessage() + "\nTry: ./deploy/standalone/run --help");
      terminal.err().flush();
      return CommandLine.ExitCode.USAGE;
    });
    line.setExecutionExceptionHandler((e, parsed, result) -> {
      command.explain(e);
      return CommandLine.ExitCode.SOFTWARE;
    });
    System.exit(line.execute(arguments));
  }
}
