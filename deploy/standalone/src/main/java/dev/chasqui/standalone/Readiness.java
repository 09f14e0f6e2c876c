package dev.chasqui.standalone;

import dev.chasqui.service.StreamsHealth;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

/** Waits until a service has its partitions and all of it is well. */
final class Readiness {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Readiness() {}

  /**
   * Waits.
   *
   * @throws IllegalStateException if the service is not ready in time
   */
  static void await(ApplicationContext service, Duration patience) {
    Collection<HealthIndicator> indicators = service.getBeansOfType(HealthIndicator.class).values();
    StreamsHealth streams = service.getBean(StreamsHealth.class);
    long deadline = System.nanoTime() + patience.toNanos();
    while (!streams.isAtWork() || !indicators.stream().allMatch(Readiness::isUp)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s is not ready after %d s; its log says why"
                .formatted(service.getId(), patience.toSeconds()));
      }
      pause();
    }
  }

  private static boolean isUp(HealthIndicator indicator) {
    return Objects.requireNonNull(indicator.health()).getStatus().equals(Status.UP);
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
