package dev.chasqui.schemas.topics;

import java.util.Map;

/**
 * How one topic is to be.
 *
 * @param role what it is for
 * @param name its name
 * @param partitions how many partitions, at least 1
 * @param replicationFactor how many brokers hold it, at least 1
 * @param configs topic settings, as Kafka names them
 */
public record TopicPlan(
    TopicRole role,
    String name,
    int partitions,
    int replicationFactor,
    Map<String, String> configs) {

  /** Validates and copies the settings. */
  public TopicPlan {
    configs = Map.copyOf(configs);
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "topic %s: %d partitions; at least 1 is needed".formatted(name, partitions));
    }
    if (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "topic %s: replication factor %d; it must be 1 or more, and at most the number of brokers"
              .formatted(name, replicationFactor));
    }
  }
}
