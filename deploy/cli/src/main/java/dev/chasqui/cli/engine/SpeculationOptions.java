package dev.chasqui.cli.engine;

import dev.chasqui.engine.api.Speculation;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tokens are guessed ahead. */
final class SpeculationOptions {

  @Option(
      names = "--speculate",
      paramLabel = "HOW",
      description =
          "Guess tokens ahead and verify several in one step; the answer is the same. lookup"
              + " guesses that it repeats its prompt or itself, draft asks the draft model, off"
              + " guesses nothing. Default: draft with --draft-model, else lookup; bench: off, for"
              + " answers to random tokens repeat themselves as no real ones do.")
  private @Nullable Speculation speculation;

  @Option(
      names = "--draft-model",
      paramLabel = "PATH",
      description = "A smaller checkpoint of the same vocabulary, to guess tokens.")
  private @Nullable Path draftModel;

  /** Returns how, given what is usual without a draft model. */
  Speculation speculation(Speculation usual) {
    if (speculation != null) {
      return speculation;
    }
    return draftModel == null ? usual : Speculation.DRAFT;
  }

  Optional<Path> draftModel() {
    return Optional.ofNullable(draftModel);
  }
}
