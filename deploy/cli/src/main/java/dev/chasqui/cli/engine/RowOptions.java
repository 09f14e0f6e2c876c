package dev.chasqui.cli.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Many inputs in place of one, and the form of the output. */
final class RowOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "JSON rows to read in place of a single input; one load of the model for all.")
  private @Nullable Path in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the rows go, in order, the fields of the results put in.")
  private @Nullable Path out;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * Returns where the inputs come from.
   *
   * @param single the input of the command line; null where there is none
   * @param form what a single input looks like, for the message
   * @throws ParameterException unless there is either a single input or both files
   */
  <T> Inputs<T> inputs(@Nullable T single, String form) {
    Path rowsIn = in;
    Path rowsOut = out;
    if (single != null && rowsIn == null && rowsOut == null) {
      return new Inputs.One<>(single);
    }
    if (single == null && rowsIn != null && rowsOut != null) {
      return new Inputs.Rows<>(rowsIn, rowsOut);
    }
    throw new ParameterException(
        spec.commandLine(), "give either %s, or both --in FILE and --out FILE".formatted(form));
  }
}
