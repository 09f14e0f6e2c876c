package dev.chasqui.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a topology runs on Kafka Streams: exactly once, with short turns and quick take-over.
 *
 * @param applicationId consumer group, and prefix of changelogs and transactional ids
 * @param bootstrapServers brokers, host:port, comma-separated
 * @param stateDirectory where stores live; on a volume that outlives the process
 * @param sizing threads, copies and sizes
 * @param overrides any further Kafka Streams properties, by their Kafka names; they win
 */
public record StreamsSettings(
    String applicationId,
    String bootstrapServers,
    Path stateDirectory,
    Sizing sizing,
    Map<String, String> overrides) {

  /** How often a mailbox is emptied, and {@code poll.ms}. */
  public static final Duration TURN = Duration.ofMillis(5);

  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  /**
   * A new owner, and every read_committed reader, waits that long for an instance that died with
   * its state directory.
   */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  /** Only a net below the commits that tasks ask for themselves. */
  private static final Duration LATEST_COMMIT = Duration.ofSeconds(1);

  /**
   * Threads, copies and sizes.
   *
   * @param threads stream threads
   * @param replicationFactor copies of changelogs; -1 is the broker's default
   * @param limit the producer's {@code max.request.size}
   */
  public record Sizing(int threads, int replicationFactor, RecordLimit limit) {}

  /** Copies the overrides in. */
  public StreamsSettings {
    overrides = Map.copyOf(overrides);
  }

  /**
   * Returns the properties for {@code KafkaStreams}.
   *
   * @return all of them, overrides included
   */
  public Properties properties() {
    Properties all = new Properties();
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, sizing.threads());
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, sizing.replicationFactor());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.POLL_MS_CONFIG, TURN.toMillis());
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, LATEST_COMMIT.toMillis());
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    addClients(all);
    all.putAll(overrides);
    return all;
  }

  private void addClients(Properties all) {
    all.put(producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), millis(TRANSACTION_TIMEOUT));
    all.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), sizing.limit().maxRequestSize());
    all.put(producer(ProducerConfig.LINGER_MS_CONFIG), millis(TURN));
    all.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    if (!overrides.getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic").equals("streams")) {
      // Under the streams protocol the broker sets both.
      all.put(consumer(CommonClientConfigs.SESSION_TIMEOUT_MS_CONFIG), millis(SESSION_TIMEOUT));
      all.put(consumer(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_CONFIG), millis(HEARTBEAT));
    }
  }

  private static String producer(String name) {
    return StreamsConfig.producerPrefix(name);
  }

  private static String consumer(String name) {
    return StreamsConfig.mainConsumerPrefix(name);
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
