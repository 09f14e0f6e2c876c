package dev.chasqui.standalone.demo;

import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.cli.terminal.Terminal;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.Sampling;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Submits the sample prompts and shows what comes back until each has ended. */
public final class Demo implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(50);

  private final Connection connection;
  private final String model;
  private final DemoView view;
  private final RecordDecoder<ResponseEvent> responses;
  private final RecordDecoder<SafetyVerdict> verdicts;

  /**
   * Prepares the demo.
   *
   * @param connection to a running Chasqui
   * @param model the model to ask
   * @param terminal where the lines go
   */
  public Demo(Connection connection, String model, Terminal terminal) {
    this.connection = connection;
    this.model = model;
    this.view = new DemoView(terminal);
    this.responses = connection.serdes().decoder(ResponseEvent.class);
    this.verdicts = connection.serdes().decoder(SafetyVerdict.class);
  }

  /**
   * Runs it.
   *
   * @param patience how long to wait for the last answer
   * @return whether every prompt has ended
   */
  public boolean run(Duration patience) {
    List<String> topics = List.of(connection.topics().responses(), connection.topics().verdicts());
    try (TopicReader reader = TopicReader.atEnd(connection, topics)) {
      submit();
      long deadline = System.nanoTime() + patience.toNanos();
      while (!view.allEnded() && System.nanoTime() < deadline) {
        showVerdictsFirst(reader.poll(TICK));
      }
    }
    view.summary();
    return view.allEnded();
  }

  /** What is released was judged before, in the same transaction: so it is told in that order. */
  private void showVerdictsFirst(Iterable<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> responses = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      if (each.topic().equals(connection.topics().verdicts())) {
        show(each);
      } else {
        responses.add(each);
      }
    }
    responses.forEach(this::show);
  }

  private void submit() {
    String run = UUID.randomUUID().toString().substring(0, 8);
    try (Producer<String, PromptSubmitted> producer = connection.prompts()) {
      for (int number = 1; number <= SamplePrompt.ALL.size(); number++) {
        SamplePrompt sample = SamplePrompt.ALL.get(number - 1);
        PromptSubmitted prompt = prompt("demo-" + run + "-" + number, sample);
        view.submitted(number, prompt.getRequestId(), sample);
        producer.send(
            new ProducerRecord<>(connection.topics().prompts(), prompt.getRequestId(), prompt));
      }
    }
  }

  private PromptSubmitted prompt(String requestId, SamplePrompt sample) {
    return PromptSubmitted.newBuilder()
        .setRequestId(requestId)
        .setModel(model)
        .setMessages(List.of(new Message(Role.USER, sample.text())))
        .setSampling(Sampling.newBuilder().setMaxTokens(sample.maxTokens()).build())
        .setSubmitTime(Instant.now())
        .build();
  }

  private void show(ConsumerRecord<byte[], byte[]> each) {
    if (each.topic().equals(connection.topics().verdicts())) {
      if (verdicts.decode(each.topic(), each.headers(), each.value())
          instanceof DecodeOutcome.Readable<SafetyVerdict>(SafetyVerdict verdict)) {
        view.verdict(verdict);
      }
    } else if (responses.decode(each.topic(), each.headers(), each.value())
        instanceof DecodeOutcome.Readable<ResponseEvent>(ResponseEvent event)) {
      view.response(event);
    }
  }

  @Override
  public void close() {
    responses.close();
    verdicts.close();
  }
}
