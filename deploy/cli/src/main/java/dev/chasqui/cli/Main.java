package dev.chasqui.cli;

import dev.chasqui.cli.terminal.Terminal;

/** Starts the {@code chasqui} command. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments as typed
   */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
    System.exit(Chasqui.commandLine(Surroundings.ofProcess(terminal)).execute(arguments));
  }
}
