package dev.chasqui.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class ServiceLifecycleTests {

  private final FakeService fake = new FakeService();
  private final ServiceLifecycle<FakeService> lifecycle = new ServiceLifecycle<>(() -> fake);
  private final StreamsHealth health = new StreamsHealth(lifecycle);

  /** A service whose topologies are where the test puts them. */
  private static final class FakeService implements RunningService {

    private final Map<String, KafkaStreams.State> states = new HashMap<>();
    private boolean closed;

    @Override
    public Map<String, KafkaStreams.State> states() {
      return states;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void isDownBeforeTheStartAndAfterTheStop() {
    fake.states.put("one", KafkaStreams.State.RUNNING);

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    lifecycle.start();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    lifecycle.stop();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(fake.closed).isTrue();
  }

  @Test
  void isUpButNotAtWorkWhileOneOfItsTopologiesRebalances() {
    fake.states.put("one", KafkaStreams.State.RUNNING);
    fake.states.put("two", KafkaStreams.State.REBALANCING);
    lifecycle.start();

    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(health.isAtWork()).isFalse();
    fake.states.put("two", KafkaStreams.State.RUNNING);
    assertThat(health.isAtWork()).isTrue();
  }

  @Test
  void isDownWhenOneOfItsTopologiesHasFailed() {
    fake.states.put("one", KafkaStreams.State.RUNNING);
    fake.states.put("two", KafkaStreams.State.ERROR);
    lifecycle.start();

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("two", KafkaStreams.State.ERROR);
  }
}
