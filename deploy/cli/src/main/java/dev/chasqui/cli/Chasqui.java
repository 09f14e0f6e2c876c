package dev.chasqui.cli;

import dev.chasqui.cli.engine.EngineCommand;
import dev.chasqui.cli.guard.GuardCommand;
import dev.chasqui.cli.kafka.BatchCommand;
import dev.chasqui.cli.kafka.SubmitCommand;
import dev.chasqui.cli.kafka.TailCommand;
import dev.chasqui.cli.model.ModelCommand;
import dev.chasqui.cli.policy.PolicyCommand;
import dev.chasqui.cli.review.ReviewCommand;
import dev.chasqui.cli.scan.ScanCommand;
import dev.chasqui.cli.terminal.Paint;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: holds the others and says so when called alone. */
@Command(
    name = "chasqui",
    mixinStandardHelpOptions = true,
    version = "chasqui 0.1.0",
    description = "Llama inference as an event stream, guarded both ways.",
    subcommands = {
      EngineCommand.class,
      ModelCommand.class,
      SubmitCommand.class,
      TailCommand.class,
      BatchCommand.class,
      ReviewCommand.class,
      PolicyCommand.class,
      GuardCommand.class,
      ScanCommand.class
    })
final class Chasqui implements Runnable {

  @Spec private CommandSpec spec;

  private Chasqui() {}

  /** Returns the command with all its subcommands, ready to run. */
  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine line = new CommandLine(new Chasqui(), new Commands(surroundings));
    Failures failures = new Failures(surroundings);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(failures);
    line.setParameterExceptionHandler(failures);
    line.setOut(new PrintWriter(surroundings.terminal().out(), true));
    line.setErr(new PrintWriter(surroundings.terminal().err(), true));
    line.setUsageHelpWidth(Math.clamp(surroundings.terminal().columns(), 80, 120));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            surroundings.terminal().outPaint() == Paint.COLOURED ? Ansi.ON : Ansi.OFF));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
