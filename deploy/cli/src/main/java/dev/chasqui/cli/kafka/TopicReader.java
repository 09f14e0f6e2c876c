package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from a known place on, only what is committed, without a consumer group. Owned by
 * one thread.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration TICK = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /**
   * Opens topics at their ends: what is written from now on will be read.
   *
   * @param connection where they are
   * @param topics their names
   * @return the reader; the caller closes it
   * @throws CommandException if a topic does not exist
   */
  public static TopicReader atEnd(Connection connection, Collection<String> topics) {
    TopicReader reader = open(connection, topics);
    reader.consumer.seekToEnd(reader.partitions);
    reader.positions(); // asks the broker now, not at the first poll
    return reader;
  }

  /**
   * Opens topics at their beginnings.
   *
   * @param connection where they are
   * @param topics their names
   * @return the reader; the caller closes it
   * @throws CommandException if a topic does not exist
   */
  public static TopicReader atBeginning(Connection connection, Collection<String> topics) {
    TopicReader reader = open(connection, topics);
    reader.consumer.seekToBeginning(reader.partitions);
    return reader;
  }

  /**
   * Opens topics at given positions.
   *
   * @param connection where they are
   * @param positions next offset by partition
   * @return the reader; the caller closes it
   * @throws CommandException if a topic does not exist
   */
  static TopicReader at(Connection connection, Map<TopicPartition, Long> positions) {
    TopicReader reader =
        open(
            connection, positions.keySet().stream().map(TopicPartition::topic).distinct().toList());
    reader.consumer.seekToBeginning(reader.partitions);
    positions.forEach(reader.consumer::seek);
    return reader;
  }

  /**
   * Reads all that is in topics now, and nothing that comes later.
   *
   * @param connection where they are
   * @param topics their names
   * @param sink takes the records, each partition in order
   * @throws CommandException if a topic does not exist
   */
  public static void readAll(
      Connection connection,
      Collection<String> topics,
      Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    Map<TopicPartition, Long> end;
    try (TopicReader last = atEnd(connection, topics)) {
      end = last.positions();
    }
    try (TopicReader reader = atBeginning(connection, topics)) {
      while (reader.isBefore(end)) {
        reader.poll(TICK).forEach(sink);
      }
    }
  }

  private boolean isBefore(Map<TopicPartition, Long> end) {
    return positions().entrySet().stream()
        .anyMatch(each -> each.getValue() < end.getOrDefault(each.getKey(), 0L));
  }

  private static TopicReader open(Connection connection, Collection<String> topics) {
    Map<String, Object> settings = connection.clientSettings();
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("fetch.max.wait.ms", "100");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions =
          topics.stream().flatMap(topic -> partitions(consumer, topic).stream()).toList();
      consumer.assign(partitions);
      return new TopicReader(consumer, partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic, PATIENCE);
    if (found == null || found.isEmpty()) {
      throw new CommandException(
          "topic %s does not exist. Start Chasqui first, or name its topics with chasqui.topics.* in --config."
              .formatted(topic));
    }
    return found.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
  }

  /**
   * Waits for records.
   *
   * @param patience how long at most
   * @return what came, possibly nothing
   */
  public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration patience) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
    return records;
  }

  /** Returns the next offset of every partition. */
  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(each -> positions.put(each, consumer.position(each, PATIENCE)));
    return positions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
