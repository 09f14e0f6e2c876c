package dev.chasqui.standalone.bench;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.standalone.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Asks one question after the other and takes the times. Owned by one thread. */
final class Questions implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Address address;
  private final Producer<String, PromptSubmitted> producer;
  private final TopicReader reader;
  private final RecordDecoder<ResponseEvent> decoder;

  Questions(Address address) {
    this.address = address;
    Connection connection = address.connection();
    this.producer = connection.prompts();
    this.reader = TopicReader.atEnd(connection, List.of(address.topics().responses()));
    this.decoder = connection.serdes().decoder(ResponseEvent.class);
  }

  /**
   * Times of an answer, from before the producer's send.
   *
   * @param tokens of the answer
   * @param firstTokenNanos until the first released token was read
   * @param endNanos until the final record was read
   */
  record Answered(int tokens, long firstTokenNanos, long endNanos) {}

  Answered ask(String id, Sampling sampling) {
    PromptSubmitted prompt = prompt(address.model(), id, sampling);
    long start = System.nanoTime();
    producer.send(new ProducerRecord<>(address.topics().prompts(), id, prompt));
    long firstToken = 0;
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
        ResponseEvent event = read(each);
        long sinceStart = System.nanoTime() - start;
        if (event.getType() == ResponseType.TOKENS && firstToken == 0) {
          firstToken = sinceStart;
        } else if (event.getType() == ResponseType.FINISHED) {
          int tokens = event.getFinished().getUsage().getCompletionTokens();
          return new Answered(tokens, firstToken, sinceStart);
        }
      }
    }
    throw new CommandException("prompt %s has no answer after %s".formatted(id, PATIENCE));
  }

  private static PromptSubmitted prompt(String model, String id, Sampling sampling) {
    return PromptSubmitted.newBuilder()
        .setRequestId(id)
        .setModel(model)
        .setMessages(List.of(new Message(Role.USER, "default github model")))
        .setSampling(sampling)
        .setSubmitTime(Instant.now())
        .build();
  }

  private ResponseEvent read(ConsumerRecord<byte[], byte[]> each) {
    if (decoder.decode(each.topic(), each.headers(), each.value())
            instanceof Readable<ResponseEvent>(ResponseEvent event)
        && (event.getType() == ResponseType.TOKENS || event.getType() == ResponseType.FINISHED)) {
      return event;
    }
    throw new CommandException("the answer is not what was expected: " + each);
  }

  @Override
  public void close() {
    producer.close();
    reader.close();
    decoder.close();
  }
}
