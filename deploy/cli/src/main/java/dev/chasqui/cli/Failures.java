package dev.chasqui.cli;

import dev.chasqui.cli.fetch.FetchException;
import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.engine.api.EngineException;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.guard.policy.InvalidPolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one clear line and an exit code: 2 for bad arguments, else 1. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Terminal terminal;
  private final boolean traces;

  Failures(Surroundings surroundings) {
    terminal = surroundings.terminal();
    traces = !surroundings.environment().getOrDefault("CHASQUI_DEBUG", "").isEmpty();
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (traces) {
      e.printStackTrace(terminal.err());
    }
    say(message(e));
    return e instanceof InvalidRequestException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    say(e.getMessage());
    terminal
        .err()
        .println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    terminal.err().flush();
    return CommandLine.ExitCode.USAGE;
  }

  private void say(String message) {
    terminal.err().println(terminal.errPaint().paint(Paint.Tone.BAD, "chasqui: ") + message);
    terminal.err().flush();
  }

  private static String message(Exception e) {
    return switch (e) {
      case CommandException known -> text(known);
      case FetchException known -> text(known);
      case EngineException known -> text(known);
      case InvalidPolicyException known -> text(known);
      case KafkaException known -> "Kafka: " + text(known);
      case NoSuchFileException missing -> text(missing) + " does not exist.";
      case IOException known -> text(known);
      case UncheckedIOException known -> text(known);
      default -> "this is a bug: %s. Set CHASQUI_DEBUG=1 to see where, and report it.".formatted(e);
    };
  }

  private static String text(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
