package dev.chasqui.standalone.kill;

import dev.chasqui.schemas.serde.AvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A read_committed reader of one whole topic, from its beginning.
 *
 * @param <T> the records
 */
final class CommittedReader<T extends SpecificRecord> implements AutoCloseable {

  private final KafkaConsumer<String, T> consumer;
  private final Consumer<T> sink;

  CommittedReader(Cluster cluster, String topic, Class<T> type, Consumer<T> sink) {
    this.sink = sink;
    AvroDeserializer<T> values = new AvroDeserializer<>();
    values.configure(
        Map.of("schema.registry.url", cluster.registry(), AvroDeserializer.VALUE_TYPE, type),
        false);
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", cluster.bootstrap(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            values);
    List<TopicPartition> partitions =
        IntStream.range(0, ClusterSpec.PARTITIONS)
            .mapToObj(number -> new TopicPartition(topic, number))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Waits up to a time for records and hands over what came.
   *
   * @param patience how long to wait for the first
   * @return how many came
   */
  int read(Duration patience) {
    int count = 0;
    for (var polled : consumer.poll(patience)) {
      sink.accept(polled.value());
      count++;
    }
    return count;
  }

  /**
   * Reads for a fixed time, whatever comes.
   *
   * @param time how long
   */
  void readFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      read(Duration.ofNanos(Math.min(left, 200_000_000L)));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
