package dev.chasqui.cli.policy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands of those who own policies. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Publish guard policies to a running Chasqui, and say which version holds.",
      "A version never changes once it is published. New prompts get the version that was"
          + " activated, or the highest where none was; a tenant can have a version of its own."
          + " Open requests end under the one they began with."
    },
    subcommands = {
      PublishCommand.class,
      ActivateCommand.class,
      DeactivateCommand.class,
      ListCommand.class,
      ShowCommand.class
    })
public final class PolicyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
