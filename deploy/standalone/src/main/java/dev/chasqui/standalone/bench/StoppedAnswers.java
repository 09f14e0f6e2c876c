package dev.chasqui.standalone.bench;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.Sampling;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.schemas.serde.DecodeOutcome.Readable;
import dev.chasqui.schemas.serde.RecordDecoder;
import dev.chasqui.standalone.Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Asks one question after the other whose answer is stopped. Owned by one thread. */
final class StoppedAnswers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration TICK = Duration.ofMillis(20);

  private final Address address;
  private final Producer<String, PromptSubmitted> producer;
  private final TopicReader reader;
  private final RecordDecoder<GenerationEvent> generations;
  private final RecordDecoder<SafetyVerdict> verdicts;

  StoppedAnswers(Address address) {
    this.address = address;
    Connection connection = address.connection();
    this.producer = connection.prompts();
    this.reader =
        TopicReader.atEnd(
            connection, List.of(address.topics().generations(), address.topics().verdicts()));
    this.generations = connection.serdes().decoder(GenerationEvent.class);
    this.verdicts = connection.serdes().decoder(SafetyVerdict.class);
  }

  /**
   * How an answer was stopped.
   *
   * @param tokens decoded behind the unsafe window
   * @param stopMs from the last token of the window to the last decoded one
   * @param afterVerdictMs from the verdict to the last decoded token; 0 where that came first
   * @param guardMs from the hand-over to the guard to its verdict
   */
  record Stopped(long tokens, long stopMs, long afterVerdictMs, long guardMs) {}

  /** What is known of one answer so far. */
  private static final class Course {
    private final TreeMap<Integer, Instant> decodedAt = new TreeMap<>();
    private Optional<GenerationEvent> end = Optional.empty();
    private Optional<SafetyVerdict> stop = Optional.empty();

    void add(GenerationEvent event) {
      TokensGenerated tokens = event.getTokens();
      if (tokens != null) {
        decodedAt.put(tokens.getSequence() + tokens.getTokenIds().size(), event.getTime());
      } else if (event.getFinished() != null || event.getFailed() != null) {
        end = Optional.of(event);
      }
    }

    void add(SafetyVerdict verdict) {
      stop = stop.or(() -> Optional.of(verdict).filter(found -> !found.getAdmitted()));
    }

    Optional<Stopped> stopped() {
      return end.flatMap(finished -> stop.map(verdict -> stopped(finished, verdict)));
    }

    private Stopped stopped(GenerationEvent finished, SafetyVerdict verdict) {
      if (verdict.getWindow() == null || finished.getFinished() == null) {
        throw new CommandException("not a stopped answer: " + verdict + ", " + finished);
      }
      int window = verdict.getWindow().getToSequence();
      int tokens =
          Math.max(decodedAt.lastKey(), finished.getFinished().getUsage().getCompletionTokens());
      Instant last = decodedAt.lastEntry().getValue();
      return new Stopped(
          tokens - window,
          Duration.between(decodedAt.get(window), last).toMillis(),
          Math.max(0, Duration.between(verdict.getTime(), last).toMillis()),
          verdict.getLatencyMs());
    }
  }

  Stopped ask(String id, Sampling sampling) {
    PromptSubmitted prompt = prompt(address.model(), id, sampling);
    producer.send(new ProducerRecord<>(address.topics().prompts(), id, prompt));
    Course course = new Course();
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> each : reader.poll(TICK)) {
        if (id.equals(new String(each.key(), StandardCharsets.UTF_8))) {
          take(each, course);
        }
      }
      Optional<Stopped> stopped = course.stopped();
      if (stopped.isPresent()) {
        return stopped.get();
      }
    }
    throw new CommandException(
        "answer %s was not stopped within %s: raise --max-tokens, or keep its end away by --bias"
            .formatted(id, PATIENCE));
  }

  private void take(ConsumerRecord<byte[], byte[]> each, Course course) {
    if (each.topic().equals(address.topics().verdicts())) {
      course.add(read(verdicts, each));
    } else {
      course.add(read(generations, each));
    }
  }

  private static <T> T read(RecordDecoder<T> decoder, ConsumerRecord<byte[], byte[]> each) {
    if (decoder.decode(each.topic(), each.headers(), each.value())
        instanceof Readable<T>(T event)) {
      return event;
    }
    throw new CommandException("unreadable: " + each);
  }

  private static PromptSubmitted prompt(String model, String id, Sampling sampling) {
    return PromptSubmitted.newBuilder()
        .setRequestId(id)
        .setModel(model)
        .setMessages(List.of(new Message(Role.USER, "Tell a long story about a river.")))
        .setPolicyId("stop")
        .setSampling(sampling)
        .setSubmitTime(Instant.now())
        .build();
  }

  @Override
  public void close() {
    producer.close();
    reader.close();
    generations.close();
    verdicts.close();
  }
}
