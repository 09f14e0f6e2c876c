package dev.chasqui.guard.app;

import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while both topologies run; a rebalance is part of running. */
final class StreamsHealth implements HealthIndicator {

  private final GuardLifecycle lifecycle;

  StreamsHealth(GuardLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public Health health() {
    Map<String, KafkaStreams.State> states =
        lifecycle.service().map(GuardService::states).orElse(Map.of());
    boolean isUp =
        !states.isEmpty()
            && states.values().stream().allMatch(KafkaStreams.State::isRunningOrRebalancing);
    Health.Builder health = isUp ? Health.up() : Health.down();
    return health.withDetails(states).build();
  }
}
