package dev.chasqui.cli.engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the commands that run a model in this process. */
@Command(
    name = "engine",
    mixinStandardHelpOptions = true,
    description = "Run a model in this process, without Kafka.",
    subcommands = {
      LogitsCommand.class,
      GenerateCommand.class,
      ScoreCommand.class,
      TokenizeCommand.class,
      DetokenizeCommand.class,
      BenchCommand.class
    })
public final class EngineCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
