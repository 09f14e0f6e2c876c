package dev.chasqui.cli.kafka;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.schemas.topics.TopicRole;
import dev.chasqui.schemas.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the records of a topic as they come. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Show the committed records of a topic as they come, decoded. Ctrl-C ends it.")
public final class TailCommand implements Callable<Integer> {

  private static final Duration TICK = Duration.ofMillis(200);

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;

  @Parameters(
      paramLabel = "TOPIC",
      arity = "1",
      description =
          "prompts, admitted.POOL, generations, responses, verdicts, reviews, review-decisions,"
              + " cancellations, policies, dead-letters, or a topic's full name.")
  private String topic = "";

  @Option(names = "--from-beginning", description = "Begin with what is there already.")
  private boolean fromBeginning;

  @Option(names = "--key", paramLabel = "ID", description = "Only the records of one request.")
  private @Nullable String key;

  @Option(names = "--count", paramLabel = "N", description = "End after so many records.")
  private int count = Integer.MAX_VALUE;

  @Option(names = "--json", description = "One JSON object a record.")
  private boolean json;

  TailCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    RecordView view = new RecordView(kafka, surroundings.terminal().outPaint());
    List<String> topics = List.of(fullName(kafka.topics(), topic));
    try (TopicReader reader =
        fromBeginning ? TopicReader.atBeginning(kafka, topics) : TopicReader.atEnd(kafka, topics)) {
      int shown = 0;
      while (true) {
        for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
          if (key == null || key.equals(Follower.key(each))) {
            surroundings.terminal().println(json ? view.json(each) : view.line(each));
            if (++shown >= count) {
              return 0;
            }
          }
        }
      }
    }
  }

  private static String fullName(Topics topics, String name) {
    String admitted = TopicRole.ADMITTED.suffix() + ".";
    if (name.startsWith(admitted)) {
      return topics.admitted(name.substring(admitted.length()));
    }
    return Arrays.stream(TopicRole.values())
        .filter(role -> role.suffix().equals(name))
        .findFirst()
        .map(topics::name)
        .orElse(name);
  }
}
