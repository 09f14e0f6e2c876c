package dev.chasqui.service;

import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** Topologies at work. */
public interface RunningService extends AutoCloseable {

  /** Returns what Kafka Streams is doing, by the names of the service's topologies. */
  Map<String, KafkaStreams.State> states();

  /** Commits what is complete, gives up the partitions and cancels the open calls. */
  @Override
  void close();
}
