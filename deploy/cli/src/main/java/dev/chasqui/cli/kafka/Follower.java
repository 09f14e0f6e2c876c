package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.node.ObjectNode;

/** Follows one request: the answer goes to standard output, what is said about it to error. */
final class Follower {

  private static final Duration TICK = Duration.ofMillis(200);

  private final RecordDecoder<ResponseEvent> responses;
  private final RecordDecoder<SafetyVerdict> verdicts;
  private final Connection connection;
  private final TopicReader reader;
  private final Terminal terminal;
  private final LiveAnswer live;

  Follower(Connection connection, TopicReader reader, Terminal terminal) {
    this.connection = connection;
    this.reader = reader;
    this.terminal = terminal;
    this.live = new LiveAnswer(terminal);
    responses = connection.serdes().decoder(ResponseEvent.class);
    verdicts = connection.serdes().decoder(SafetyVerdict.class);
  }

  /** What a person or program sees. */
  enum View {
    /** Text as it comes. */
    LIVE,
    /** One object at the end. */
    JSON
  }

  /** Follows a request to its end and returns the exit code. */
  int follow(String requestId, Duration patience, View view) {
    Reply reply = new Reply();
    long deadline = System.nanoTime() + patience.toNanos();
    while (reply.end().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new CommandException(
            "no final response to %s within %d s. It may still come: chasqui tail responses --from-beginning --key %s"
                .formatted(requestId, patience.toSeconds(), requestId));
      }
      for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
        if (requestId.equals(key(each))) {
          accept(each, reply, view);
        }
      }
    }
    return end(reply.end().orElseThrow(), reply, view);
  }

  static String key(ConsumerRecord<byte[], byte[]> each) {
    return each.key() == null ? "" : new String(each.key(), StandardCharsets.UTF_8);
  }

  private void accept(ConsumerRecord<byte[], byte[]> each, Reply reply, View view) {
    if (each.topic().equals(connection.topics().verdicts())) {
      SafetyVerdict verdict = Decoding.require(verdicts, each);
      if (view == View.LIVE) {
        live.say(Sentences.verdict(verdict));
      }
      return;
    }
    ResponseEvent event = Decoding.require(responses, each);
    reply.accept(event);
    if (view == View.LIVE) {
      live.accept(event, reply);
    }
  }

  private int end(ResponseEvent event, Reply reply, View view) {
    if (view == View.JSON) {
      ObjectNode fields = ReplyJson.of(reply);
      fields.put("request_id", event.getRequestId());
      terminal.println(fields.toString());
    }
    return event.getType() == ResponseType.FINISHED ? 0 : 1;
  }
}
