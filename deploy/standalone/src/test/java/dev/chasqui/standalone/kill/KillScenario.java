package dev.chasqui.standalone.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.Sampling;
import dev.chasqui.schemas.serde.AvroSerializer;
import dev.chasqui.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * One run: prompts go in, a blow falls when enough answers are half written, and every answer must
 * come out whole.
 */
final class KillScenario {

  static final int HALF_WRITTEN = 10;
  private static final Duration TO_THE_BLOW = Duration.ofSeconds(240);
  private static final Duration TO_THE_END = Duration.ofSeconds(480);

  /** The policy of the cluster allows every one. */
  private static final ReleaseMode[] MODES = ReleaseMode.values();

  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  private final Cluster cluster;
  private final GreedyRun greedy;
  private final Blow blow;
  private final Random random;
  private final HalfWritten halfWritten = new HalfWritten();

  KillScenario(Cluster cluster, GreedyRun greedy, Blow blow, long seed) {
    this.cluster = cluster;
    this.greedy = greedy;
    this.blow = blow;
    this.random = new Random(seed);
  }

  /**
   * Runs it.
   *
   * @return what the reader saw
   */
  AnswerLedger run() {
    AnswerLedger ledger = new AnswerLedger(greedy.answers());
    Topics topics = Topics.defaults();
    submit(topics.prompts());
    try (var generations =
            new CommittedReader<>(
                cluster, topics.generations(), GenerationEvent.class, halfWritten::add);
        var responses =
            new CommittedReader<>(cluster, topics.responses(), ResponseEvent.class, ledger::add)) {
      awaitHalfWritten(generations);
      blow.strike(cluster, random.nextInt(Cluster.INSTANCES));
      generations.read(Duration.ofMillis(200));
      assertThat(halfWritten.count(greedy.maxTokens()))
          .as("answers that were half written when the blow fell")
          .isGreaterThanOrEqualTo(HALF_WRITTEN);
      blow.heal(cluster, responses::readFor);
      awaitFinals(responses, ledger);
      responses.readFor(AFTERMATH);
    }
    return ledger;
  }

  private void awaitHalfWritten(CommittedReader<GenerationEvent> generations) {
    // Some tokens further on by chance, so that blows fall everywhere in an answer.
    int more = random.nextInt(8);
    long deadline = System.nanoTime() + TO_THE_BLOW.toNanos();
    while (halfWritten.count(greedy.maxTokens()) < HALF_WRITTEN + 2 || more > 0) {
      if (generations.read(Duration.ofMillis(100)) > 0
          && halfWritten.count(greedy.maxTokens()) >= HALF_WRITTEN + 2) {
        more--;
      }
      assertThat(System.nanoTime())
          .as("%d answers half written within %s", HALF_WRITTEN, TO_THE_BLOW)
          .isLessThan(deadline);
    }
  }

  private void awaitFinals(CommittedReader<ResponseEvent> responses, AnswerLedger ledger) {
    long deadline = System.nanoTime() + TO_THE_END.toNanos();
    while (ledger.finished() < greedy.answers().size() && System.nanoTime() < deadline) {
      responses.read(Duration.ofMillis(200));
    }
  }

  private void submit(String topic) {
    AvroSerializer<PromptSubmitted> values = new AvroSerializer<>();
    values.configure(Map.of("schema.registry.url", cluster.registry()), false);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", cluster.bootstrap(), "acks", "all"),
            new StringSerializer(),
            values)) {
      greedy.prompts().forEach((id, text) -> producer.send(prompt(topic, id, text)));
      producer.flush();
    }
  }

  private Sampling sampling() {
    Map<String, Float> bias =
        GreedyRun.LONG_ANSWERS.entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
    return Sampling.newBuilder().setMaxTokens(greedy.maxTokens()).setLogitBias(bias).build();
  }

  private ProducerRecord<String, PromptSubmitted> prompt(String topic, String id, String text) {
    PromptSubmitted prompt =
        PromptSubmitted.newBuilder()
            .setRequestId(id)
            .setModel(ClusterSpec.MODEL)
            .setRawPrompt(text)
            .setMessages(List.of())
            .setReleaseMode(MODES[random.nextInt(MODES.length)])
            .setSampling(sampling())
            .setSubmitTime(Instant.now())
            .build();
    return new ProducerRecord<>(topic, id, prompt);
  }
}
