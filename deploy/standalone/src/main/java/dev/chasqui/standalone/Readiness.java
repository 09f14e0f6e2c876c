package dev.chasqui.standalone;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

/** Waits until a service has its partitions and all of it is well. */
final class Readiness {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String STREAMS_STATE = "state";

  private Readiness() {}

  /**
   * Waits.
   *
   * @throws IllegalStateException if the service is not ready in time
   */
  static void await(ApplicationContext service, Duration patience) {
    Collection<HealthIndicator> indicators = service.getBeansOfType(HealthIndicator.class).values();
    long deadline = System.nanoTime() + patience.toNanos();
    while (!indicators.stream().allMatch(Readiness::ready)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s is not ready after %d s; its log says why"
                .formatted(service.getId(), patience.toSeconds()));
      }
      pause();
    }
  }

  private static boolean ready(HealthIndicator indicator) {
    Health health = Objects.requireNonNull(indicator.health());
    Object state = health.getDetails().getOrDefault(STREAMS_STATE, "RUNNING");
    return health.getStatus().equals(Status.UP) && state.equals("RUNNING");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
