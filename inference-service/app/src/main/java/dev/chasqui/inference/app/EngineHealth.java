package dev.chasqui.inference.app;

import dev.chasqui.inference.worker.ServedModel;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows what each model is and does. */
final class EngineHealth implements HealthIndicator {

  private final Engines engines;

  EngineHealth(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (ServedModel model : engines.pool().models()) {
      health.withDetail(
          model.name(),
          "backend %s, %d running, %d queued"
              .formatted(
                  model.description().backend(),
                  model.running(),
                  model.turnstile().queuedRequests()));
    }
    return health.build();
  }
}
