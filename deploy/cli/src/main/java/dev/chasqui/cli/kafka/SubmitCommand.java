package dev.chasqui.cli.kafka;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits one prompt and follows its answer. */
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Submit one prompt to Kafka and follow its answer live.",
      "Exit code 0: finished; 1: rejected, failed, expired, cancelled or not answered in time."
    })
public final class SubmitCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ConnectionOptions connection;
  @Mixin private PromptOptions options;

  @ArgGroup(multiplicity = "1")
  private Text text;

  @Option(names = "--system", paramLabel = "TEXT", description = "Instructions ahead of a chat.")
  private @Nullable String system;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The request id. The same id with the same content makes one answer.")
  private @Nullable String id;

  @Option(names = "--no-wait", description = "Do not wait for the answer; print the request id.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the end. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Option(names = "--json", description = "One JSON object when the answer has ended.")
  private boolean json;

  SubmitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What to submit. */
  static final class Text {

    @Parameters(paramLabel = "TEXT", arity = "1", description = "What a user says.")
    private @Nullable String chat;

    @Option(
        names = "--prompt",
        paramLabel = "TEXT",
        description = "Raw text to continue in place of a chat.")
    private @Nullable String raw;
  }

  @Override
  public Integer call() throws IOException {
    Connection kafka = connection.connection(surroundings);
    kafka.requireKafka();
    PromptSubmitted prompt = prompt();
    if (noWait) {
      Submission.send(kafka, prompt);
      surroundings.terminal().println(prompt.getRequestId());
      return 0;
    }
    List<String> topics = List.of(kafka.topics().responses(), kafka.topics().verdicts());
    try (TopicReader reader = TopicReader.atEnd(kafka, topics)) {
      Submission.send(kafka, prompt);
      Follower follower = new Follower(kafka, reader, surroundings.terminal());
      Follower.View view = json ? Follower.View.JSON : Follower.View.LIVE;
      return follower.follow(prompt.getRequestId(), Duration.ofSeconds(timeoutSeconds), view);
    }
  }

  private PromptSubmitted prompt() {
    String requestId = id != null ? id : UUID.randomUUID().toString();
    PromptSubmitted.Builder prompt =
        options.prompt(requestId, Instant.now(), surroundings.environment());
    if (text.raw != null) {
      return prompt.setRawPrompt(text.raw).build();
    }
    List<Message> messages = new ArrayList<>();
    if (system != null) {
      messages.add(new Message(Role.SYSTEM, system));
    }
    messages.add(new Message(Role.USER, String.valueOf(text.chat)));
    return prompt.setMessages(messages).build();
  }
}
