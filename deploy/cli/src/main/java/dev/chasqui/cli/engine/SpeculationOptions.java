package dev.chasqui.cli.engine;

import dev.chasqui.engine.api.Speculation;
import picocli.CommandLine.Option;

/** How tokens are guessed ahead. */
final class SpeculationOptions {

  @Option(
      names = "--speculate",
      paramLabel = "HOW",
      defaultValue = "lookup",
      description =
          "Guess tokens ahead and verify several in one step; the answer is the same. lookup (the"
              + " default) guesses that it repeats its prompt or itself, off guesses nothing.")
  private Speculation speculation = Speculation.LOOKUP;

  Speculation speculation() {
    return speculation;
  }
}
