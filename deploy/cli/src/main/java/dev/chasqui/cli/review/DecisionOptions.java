package dev.chasqui.cli.review;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import dev.chasqui.events.ReviewDecided;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which review is decided, by whom and why. */
final class DecisionOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "ID", arity = "1", description = "The request id.")
  private String id = "";

  @Option(
      names = "--reviewer",
      paramLabel = "NAME",
      description = "Who decides, for the audit. Default: the name of the user of this process.")
  private @Nullable String reviewer;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why. A rejection tells it to whoever asked.")
  private String reason = "";

  @Option(
      names = "--number",
      paramLabel = "N",
      description = "Which review of the request, where several are open or one was read before.")
  private @Nullable Integer number;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait until the guard has acted on it; 0 does not wait. Default:"
              + " ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "The review as one JSON object.")
  private boolean json;

  /** Decides the open review, and returns the exit code. */
  int decide(Surroundings surroundings, ReviewDecided.Builder decision) throws IOException {
    check();
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    Review review =
        ReviewBoard.read(kafka)
            .toDecide(id, number == null ? OptionalInt.empty() : OptionalInt.of(number));
    ReviewDecided decided =
        decision
            .setReviewer(reviewer())
            .setReason(reason)
            .setSubject(review.asked().getSubject())
            .setNumber(review.asked().getNumber())
            .build();
    Review after =
        new DecisionSender(kafka, Duration.ofSeconds(timeoutSeconds)).send(review, decided);
    report(surroundings, after, decided);
    return after.isOpen() || isActedOn(after, decided) ? 0 : 1;
  }

  private void check() {
    if (number != null && number < 1) {
      throw new ParameterException(
          spec.commandLine(), "--number is %d: reviews count from 1".formatted(number));
    }
  }

  private void report(Surroundings surroundings, Review after, ReviewDecided decided) {
    String line;
    if (json) {
      line = ReviewJson.of(after).toString();
    } else if (after.isOpen()) {
      line = "The decision on %s is written; the guard acts on it when it reads it.".formatted(id);
    } else if (isActedOn(after, decided)) {
      line = "%s: %s".formatted(id, ReviewWords.end(after));
    } else {
      line = "Too late, the review of %s had ended: %s".formatted(id, ReviewWords.end(after));
    }
    surroundings.terminal().println(line);
  }

  /** Whether the review ended by this decision, and not by another one that came first. */
  private static boolean isActedOn(Review after, ReviewDecided decided) {
    ReviewDecided end = after.end().orElseThrow().decided();
    return end.getDecision() == decided.getDecision()
        && end.getReviewer().equals(decided.getReviewer());
  }

  private String reviewer() {
    String name = reviewer != null ? reviewer : ProcessHandle.current().info().user().orElse("");
    if (name.isBlank()) {
      throw new CommandException(
          "--reviewer is empty: a decision names who made it. Give a name of 1 to 256 characters.");
    }
    return name;
  }
}
