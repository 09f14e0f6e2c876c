package dev.chasqui.cli.review;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands of reviewers. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "See what waits for a person's decision, and decide.",
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      ApproveCommand.class,
      EditCommand.class,
      RejectCommand.class
    })
public final class ReviewCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
