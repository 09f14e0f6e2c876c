package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.schemas.serde.EventSerdes;
import dev.chasqui.schemas.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka and a schema registry, and how to talk to them.
 *
 * @param settings of all Kafka clients, of the registry ({@code schema.registry.url}) and of topic
 *     names ({@code chasqui.topics.*})
 */
public record Connection(Map<String, Object> settings) {

  static final String BOOTSTRAP = "bootstrap.servers";
  static final String REGISTRY = "schema.registry.url";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Copies the settings. */
  public Connection {
    settings = Map.copyOf(settings);
  }

  /**
   * Returns a connection without security.
   *
   * @param bootstrap address of Kafka
   * @param registry URL of the schema registry
   */
  public static Connection to(String bootstrap, String registry) {
    return new Connection(Map.of(BOOTSTRAP, bootstrap, REGISTRY, registry));
  }

  /** Returns the names of the topics. */
  public Topics topics() {
    return Topics.from(settings);
  }

  /** Returns what makes serializers and deserializers. */
  public EventSerdes serdes() {
    return new EventSerdes(settings);
  }

  /** Returns a producer of prompts that repeats nothing and loses nothing; the caller closes it. */
  public Producer<String, PromptSubmitted> prompts() {
    return producer(PromptSubmitted.class);
  }

  /**
   * Returns a producer that repeats nothing and loses nothing; the caller closes it.
   *
   * @param <T> the events
   * @param type their class
   */
  public <T extends SpecificRecord> Producer<String, T> producer(Class<T> type) {
    Map<String, Object> producer = clientSettings();
    producer.put("acks", "all");
    producer.put("enable.idempotence", "true");
    return new KafkaProducer<>(producer, new StringSerializer(), serdes().serializer(type));
  }

  /**
   * Checks that Kafka answers.
   *
   * @throws CommandException if it does not
   */
  public void requireKafka() {
    Map<String, Object> client = clientSettings();
    client.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    client.put("request.timeout.ms", Long.toString(PATIENCE.toMillis()));
    try (Admin admin = Admin.create(client)) {
      admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandException(
          "Kafka does not answer at %s. Is it up? `./deploy/standalone/run --serve` starts one; --bootstrap names another."
              .formatted(settings.get(BOOTSTRAP)),
          e);
    }
  }

  /** Returns the settings for a Kafka client: those that are ours would only be warned of. */
  Map<String, Object> clientSettings() {
    Map<String, Object> client = new HashMap<>(settings);
    client.keySet().removeIf(key -> OURS.stream().anyMatch(key::startsWith));
    return client;
  }

  private static final List<String> OURS =
      List.of("schema.registry.", "basic.auth.", "chasqui.", "auto.register.schemas");
}
