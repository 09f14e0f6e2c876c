package dev.chasqui.cli.review;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists reviews. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List what waits for a person's decision, the longest waiting first.")
final class ListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Option(names = "--all", description = "Those that have ended, too: who decided what, and why.")
  private boolean all;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Of one tenant only.")
  private @Nullable String tenant;

  @Option(names = "--json", description = "One JSON object a review.")
  private boolean json;

  ListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    ReviewBoard board = ReviewBoard.read(kafka);
    List<Review> shown =
        (all ? board.all() : board.open())
            .stream()
                .filter(review -> tenant == null || tenant.equals(review.asked().getTenant()))
                .toList();
    shown.forEach(this::show);
    if (shown.isEmpty() && !json) {
      surroundings.terminal().println(all ? "There are no reviews." : "Nothing waits for review.");
    }
    return 0;
  }

  private void show(Review review) {
    surroundings
        .terminal()
        .println(
            json
                ? ReviewJson.of(review).toString()
                : ReviewWords.line(
                    review,
                    Instant.now(),
                    surroundings.terminal().columns(),
                    surroundings.terminal().outPaint()));
  }
}
