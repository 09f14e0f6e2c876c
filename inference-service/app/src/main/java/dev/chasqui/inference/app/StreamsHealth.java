package dev.chasqui.inference.app;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while Kafka Streams runs; a rebalance is part of running. */
final class StreamsHealth implements HealthIndicator {

  private final InferenceLifecycle lifecycle;

  StreamsHealth(InferenceLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @Override
  public Health health() {
    KafkaStreams.State state =
        lifecycle.service().map(InferenceService::state).orElse(KafkaStreams.State.NOT_RUNNING);
    Health.Builder health = state.isRunningOrRebalancing() ? Health.up() : Health.down();
    return health.withDetail("state", state.name()).build();
  }
}
