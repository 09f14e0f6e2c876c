package dev.chasqui.cli.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands that look at checkpoints. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Look at a checkpoint, or convert it.",
    subcommands = {InspectCommand.class, ConvertCommand.class})
public final class ModelCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
