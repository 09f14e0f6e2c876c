package dev.chasqui.cli.scan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the scans. */
@Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = "Look for what should not be released.",
    subcommands = ScanCodeCommand.class)
public final class ScanCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
