package dev.chasqui.cli.review;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decides by EDIT. */
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    description = {
      "Put another text in place of the one in question: what the user said last, or the raw"
          + " prompt. The guard judges it again. Answers cannot be edited.",
      "Exit code 0: the guard acted on it; 1: it did not, or the review had ended before."
    })
final class EditCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DecisionOptions options;

  @ArgGroup(multiplicity = "1")
  private Text text;

  EditCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The new text. */
  static final class Text {

    @Option(names = "--text", paramLabel = "TEXT", description = "The new text.")
    private @Nullable String given;

    @Option(names = "--file", paramLabel = "FILE", description = "The new text, in UTF-8.")
    private @Nullable Path file;

    String read() throws IOException {
      String read = file == null ? String.valueOf(given) : Files.readString(file);
      if (read.isBlank()) {
        throw new CommandException(
            "the new text is blank: give what is to be asked, or reject the request.");
      }
      return read;
    }
  }

  @Override
  public Integer call() throws IOException {
    return options.decide(
        surroundings,
        ReviewDecided.newBuilder().setDecision(ReviewDecision.EDIT).setEditedText(text.read()));
  }
}
