package dev.chasqui.service;

import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while all topologies run; a rebalance is part of running. */
public final class StreamsHealth implements HealthIndicator {

  private final ServiceLifecycle<?> lifecycle;

  /**
   * Watches a service.
   *
   * @param lifecycle starts and stops it
   */
  public StreamsHealth(ServiceLifecycle<?> lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public Health health() {
    Map<String, KafkaStreams.State> states = states();
    boolean isUp =
        !states.isEmpty()
            && states.values().stream().allMatch(KafkaStreams.State::isRunningOrRebalancing);
    Health.Builder health = isUp ? Health.up() : Health.down();
    return health.withDetails(states).build();
  }

  /** Returns whether every topology has its partitions and works on them at this moment. */
  public boolean isAtWork() {
    Map<String, KafkaStreams.State> states = states();
    return !states.isEmpty()
        && states.values().stream().allMatch(KafkaStreams.State.RUNNING::equals);
  }

  private Map<String, KafkaStreams.State> states() {
    return lifecycle.service().map(RunningService::states).orElse(Map.of());
  }
}
