package dev.chasqui.schemas.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All topics of an installation.
 *
 * <p>Records keyed by request id are joined partition by partition, so their topics share one
 * partition count. Policies are read whole by everyone and dead letters by hardly anyone: one
 * partition each.
 *
 * @param topics the names
 * @param pools the pools that answer; one admitted topic each
 * @param partitions partitions of every topic that is keyed by request id; at least four for each
 *     worker of the largest pool
 * @param replicationFactor how many brokers hold each topic
 */
public record TopicLayout(
    Topics topics, List<String> pools, int partitions, int replicationFactor) {
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  /** Validates and copies the pools. */
  public TopicLayout {
    pools = List.copyOf(pools);
    if (pools.isEmpty()) {
      throw new IllegalArgumentException("no pool is named; prompts need at least one to go to");
    }
  }

  /**
   * Every topic.
   *
   * @return one plan each
   */
  public List<TopicPlan> plans() {
    List<TopicPlan> plans = new ArrayList<>();
    for (TopicRole role : TopicRole.values()) {
      names(role).forEach(name -> plans.add(plan(role, name)));
    }
    return List.copyOf(plans);
  }

  private List<String> names(TopicRole role) {
    return role == TopicRole.ADMITTED
        ? pools.stream().map(topics::admitted).toList()
        : List.of(topics.name(role));
  }

  private TopicPlan plan(TopicRole role, String name) {
    int count = role.coPartitioned() ? partitions : 1;
    return new TopicPlan(role, name, count, replicationFactor, configs(role));
  }

  private Map<String, String> configs(TopicRole role) {
    Map<String, String> configs = new HashMap<>();
    if (replicationFactor > 1) {
      configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    switch (role) {
      case POLICIES ->
          configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      case DEAD_LETTERS ->
          configs.put(
              TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTER_RETENTION.toMillis()));
      case PROMPTS,
          ADMITTED,
          GENERATIONS,
          RESPONSES,
          VERDICTS,
          REVIEWS,
          REVIEW_DECISIONS,
          CANCELLATIONS -> {
        // the broker's own retention holds
      }
    }
    return configs;
  }
}
