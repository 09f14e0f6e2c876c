package dev.chasqui.cli.guard;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands that ask a guard in this process. */
@Command(
    name = "guard",
    mixinStandardHelpOptions = true,
    description = "Ask a guard in this process, about rows of files or what Kafka retains.",
    subcommands = {ScoreCommand.class, EvalCommand.class, RejudgeCommand.class})
public final class GuardCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
