package dev.chasqui.cli.kafka;

import dev.chasqui.cli.terminal.Progress;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Submits what has no final response yet and reads until everything has one. */
final class Batch implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(200);

  private final Connection connection;
  private final Terminal terminal;
  private final TopicReader reader;
  private final RecordDecoder<ResponseEvent> decoder;
  private final Map<String, Reply> replies = new HashMap<>();
  private int ended;

  Batch(Connection connection, BatchRun run, Terminal terminal) {
    this.connection = connection;
    this.terminal = terminal;
    this.reader = TopicReader.at(connection, run.positions());
    this.decoder = connection.serdes().decoder(ResponseEvent.class);
  }

  /** Returns the replies by request id, all of them ended. */
  Map<String, Reply> run(List<BatchRun.Item> items) {
    items.forEach(item -> replies.put(item.requestId(), new Reply()));
    try (Progress progress = terminal.progress("answers", Progress.Unit.ITEMS)) {
      readWhatIsThere();
      progress.update(ended, items.size());
      submitUnended(items);
      while (ended < items.size()) {
        poll();
        progress.update(ended, items.size());
      }
    }
    return replies;
  }

  /** Of an interrupted run: what is in the topic up to its present end. */
  private void readWhatIsThere() {
    Map<TopicPartition, Long> end;
    try (TopicReader last =
        TopicReader.atEnd(connection, List.of(connection.topics().responses()))) {
      end = last.positions();
    }
    while (reader.positions().entrySet().stream()
        .anyMatch(each -> each.getValue() < end.getOrDefault(each.getKey(), 0L))) {
      poll();
    }
  }

  private void submitUnended(List<BatchRun.Item> items) {
    try (Producer<String, PromptSubmitted> producer = connection.prompts()) {
      List<BatchRun.Item> open =
          items.stream().filter(item -> reply(item).end().isEmpty()).toList();
      List<Future<RecordMetadata>> written = new ArrayList<>();
      open.forEach(
          item -> written.add(producer.send(Submission.record(connection, item.prompt()))));
      for (int i = 0; i < open.size(); i++) {
        Submission.await(written.get(i), open.get(i).prompt());
      }
    }
  }

  private Reply reply(BatchRun.Item item) {
    return replies.getOrDefault(item.requestId(), new Reply());
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
      Reply reply = replies.get(Follower.key(each));
      if (reply != null && reply.end().isEmpty()) {
        reply.accept(Decoding.require(decoder, each));
        ended += reply.end().isPresent() ? 1 : 0;
      }
    }
  }

  @Override
  public void close() {
    reader.close();
    decoder.close();
  }
}
