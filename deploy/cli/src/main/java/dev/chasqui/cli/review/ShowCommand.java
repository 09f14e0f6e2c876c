package dev.chasqui.cli.review;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.ConnectionOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the reviews of a request. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show the reviews of a request: text, conversation, score, and who decided what.")
final class ShowCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Parameters(paramLabel = "ID", arity = "1", description = "The request id.")
  private String id = "";

  @Option(names = "--json", description = "One JSON object a review.")
  private boolean json;

  ShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    List<Review> reviews = ReviewBoard.read(kafka).of(id);
    for (Review review : reviews) {
      surroundings
          .terminal()
          .println(
              json ? ReviewJson.of(review).toString() : ReviewWords.page(review, Instant.now()));
    }
    return 0;
  }
}
