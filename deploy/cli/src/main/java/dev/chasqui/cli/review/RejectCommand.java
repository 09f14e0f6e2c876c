package dev.chasqui.cli.review;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Decides by REJECT. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = {
      "End the request; whoever asked is told the reason.",
      "Exit code 0: the guard acted on it; 1: it did not, or the review had ended before."
    })
final class RejectCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DecisionOptions options;

  RejectCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    return options.decide(
        surroundings, ReviewDecided.newBuilder().setDecision(ReviewDecision.REJECT));
  }
}
