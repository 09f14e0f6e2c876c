package dev.chasqui.standalone.bench;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.standalone.Address;
import dev.chasqui.standalone.Standalone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a long answer writes to the changelogs. */
@Command(
    name = "changelog",
    mixinStandardHelpOptions = true,
    description = {
      "One long answer: bytes in the changelog topics after so many tokens, transaction markers",
      "included. The inference service is read as tokens are generated, the guard as they are",
      "released. \"ended\" has what deleting the answer's state writes."
    })
final class ChangelogCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration TICK = Duration.ofMillis(20);

  private final Bench bench;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      split = ",",
      description = "When to read the sizes. Default: 500,1000,2000,4000.")
  private List<Integer> marks = List.of(500, 1000, 2000, 4000);

  @Option(
      names = "--bias",
      paramLabel = "ID=VALUE",
      description = "Added to a token's logit; -100 keeps an end token away.")
  private Map<String, Float> bias = new HashMap<>();

  ChangelogCommand(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Standalone standalone = bench.start(model);
        Changelogs changelogs = new Changelogs(standalone.address().bootstrap())) {
      Growth inference = new Growth("chasqui-inference", changelogs, marks);
      Growth guard = new Growth("chasqui-guard", changelogs, marks);
      ResponseEvent end = answer(standalone.address(), inference, guard);
      int tokens = end.getFinished().getUsage().getCompletionTokens();
      inference.read(tokens);
      guard.read(tokens);
      bench.heading("Changelog of one answer of %d tokens: %s".formatted(tokens, model.describe()));
      print("inference, by generated tokens", inference);
      print("guard, by released tokens", guard);
    }
    return 0;
  }

  private ResponseEvent answer(Address address, Growth inference, Growth guard) {
    Connection connection = address.connection();
    List<String> topics = List.of(address.topics().generations(), address.topics().responses());
    try (TopicReader reader = TopicReader.atEnd(connection, topics);
        Producer<String, PromptSubmitted> producer = connection.prompts();
        RecordDecoder<GenerationEvent> generations =
            connection.serdes().decoder(GenerationEvent.class);
        RecordDecoder<ResponseEvent> responses = connection.serdes().decoder(ResponseEvent.class)) {
      PromptSubmitted prompt = prompt(address.model());
      producer.send(
          new ProducerRecord<>(address.topics().prompts(), prompt.getRequestId(), prompt));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
          if (each.topic().equals(address.topics().generations())) {
            generated(read(generations, each), inference);
          } else {
            ResponseEvent event = read(responses, each);
            if (event.getFinished() != null) {
              return event;
            }
            released(event, guard);
          }
        }
      }
      throw new CommandException("the answer has not ended after " + PATIENCE);
    }
  }

  private static void generated(GenerationEvent event, Growth inference) {
    if (event.getTokens() != null) {
      var tokens = event.getTokens();
      inference.reached(tokens.getSequence() + tokens.getTokenIds().size());
    }
  }

  private static void released(ResponseEvent event, Growth guard) {
    if (event.getTokens() == null) {
      throw new CommandException("the answer is not what was expected: " + event);
    }
    var tokens = event.getTokens();
    guard.reached(tokens.getSequence() + tokens.getTokenIds().size());
  }

  private static <T> T read(RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> each) {
    if (decoder.decode(each.topic(), each.headers(), each.value())
        instanceof Readable<T>(T event)) {
      return event;
    }
    throw new CommandException("unreadable: " + each);
  }

  /** A little longer than the last mark: at its very end an answer's state is deleted. */
  private PromptSubmitted prompt(String name) {
    int most = marks.getLast() + marks.getLast() / 40;
    return PromptSubmitted.newBuilder()
        .setRequestId("long")
        .setModel(name)
        .setMessages(List.of(new Message(Role.USER, "default github model")))
        .setSampling(Sampling.newBuilder().setMaxTokens(most).setLogitBias(bias).build())
        .setSubmitTime(Instant.now())
        .build();
  }

  private void print(String title, Growth growth) {
    List<Growth.Reading> readings = growth.readings();
    StringBuilder head = new StringBuilder("%n%-58s".formatted(title));
    StringBuilder total = new StringBuilder("%-58s".formatted("bytes in all"));
    StringBuilder each =
        new StringBuilder("%-58s".formatted("bytes per token since the column before"));
    Growth.Reading previous = new Growth.Reading(0, Map.of());
    for (Growth.Reading reading : readings) {
      boolean ended = reading == readings.getLast();
      head.append(ended ? "%10s".formatted("ended") : "%10d".formatted(reading.tokens()));
      total.append("%10d".formatted(reading.total()));
      double more = reading.total() - previous.total();
      each.append(ended ? "" : "%10.1f".formatted(more / (reading.tokens() - previous.tokens())));
      previous = reading;
    }
    bench.say("%s", head);
    for (String topic : new TreeSet<>(readings.getLast().bytes().keySet())) {
      StringBuilder row = new StringBuilder("%-58s".formatted(topic));
      readings.forEach(r -> row.append("%10d".formatted(r.bytes().getOrDefault(topic, 0L))));
      bench.say("%s", row);
    }
    bench.say("%s%n%s", total, each);
  }
}
