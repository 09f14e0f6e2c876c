package dev.chasqui.standalone;

import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.Reply;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.Sampling;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A client of a running Chasqui that remembers all that it is told, from its beginning on. */
final class Conversation implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final Map<String, Reply> replies = new HashMap<>();
  final Map<String, List<ResponseEvent>> finals = new HashMap<>();
  final List<SafetyVerdict> verdicts = new ArrayList<>();
  final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

  private final Connection connection;
  private final TopicReader reader;
  private final RecordDecoder<ResponseEvent> responses;
  private final RecordDecoder<SafetyVerdict> verdictDecoder;
  private final Producer<String, PromptSubmitted> producer;

  Conversation(Connection connection) {
    this.connection = connection;
    this.reader =
        TopicReader.atBeginning(
            connection,
            List.of(
                connection.topics().responses(),
                connection.topics().verdicts(),
                connection.topics().deadLetters()));
    this.responses = connection.serdes().decoder(ResponseEvent.class);
    this.verdictDecoder = connection.serdes().decoder(SafetyVerdict.class);
    this.producer = connection.prompts();
  }

  static PromptSubmitted.Builder chat(String id, String text, Integer maxTokens) {
    return PromptSubmitted.newBuilder()
        .setRequestId(id)
        .setModel("default")
        .setMessages(List.of(new Message(Role.USER, text)))
        .setSampling(Sampling.newBuilder().setMaxTokens(maxTokens).build())
        .setSubmitTime(Instant.ofEpochMilli(1));
  }

  void submit(PromptSubmitted prompt) throws Exception {
    producer
        .send(new ProducerRecord<>(connection.topics().prompts(), prompt.getRequestId(), prompt))
        .get();
  }

  void submitBytes(String key, byte[] value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", connection.settings().get("bootstrap.servers"));
    try (KafkaProducer<byte[], byte[]> raw =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      raw.send(
              new ProducerRecord<>(
                  connection.topics().prompts(), key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    }
  }

  /** Submits a prompt and returns its final response. */
  ResponseEvent ask(PromptSubmitted prompt) throws Exception {
    submit(prompt);
    return end(prompt.getRequestId());
  }

  ResponseEvent end(String id) {
    awaitUntil(() -> finals.containsKey(id), "a final response to " + id);
    return finals.get(id).getFirst();
  }

  void awaitUntil(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + what + " within " + PATIENCE);
      }
      reader.poll(Duration.ofMillis(100)).forEach(this::accept);
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> each) {
    if (each.topic().equals(connection.topics().deadLetters())) {
      deadLetters.add(each);
    } else if (each.topic().equals(connection.topics().verdicts())) {
      if (verdictDecoder.decode(each.topic(), each.headers(), each.value())
          instanceof Readable<SafetyVerdict>(SafetyVerdict verdict)) {
        verdicts.add(verdict);
      }
    } else if (responses.decode(each.topic(), each.headers(), each.value())
        instanceof Readable<ResponseEvent>(ResponseEvent event)) {
      accept(event);
    }
  }

  private void accept(ResponseEvent event) {
    Reply reply = replies.computeIfAbsent(event.getRequestId(), id -> new Reply());
    reply.accept(event);
    if (reply.end().filter(event::equals).isPresent()) {
      finals.computeIfAbsent(event.getRequestId(), id -> new ArrayList<>()).add(event);
    }
  }

  @Override
  public void close() {
    reader.close();
    producer.close();
    responses.close();
    verdictDecoder.close();
  }
}
