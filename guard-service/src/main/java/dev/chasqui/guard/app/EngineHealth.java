package dev.chasqui.guard.app;

import dev.chasqui.engine.api.EngineLoad;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Shows what the guard model is and does. */
final class EngineHealth implements HealthIndicator {

  private final GuardEngine guard;

  EngineHealth(GuardEngine guard) {
    this.guard = guard;
  }

  @Override
  public Health health() {
    var model = guard.engine().model();
    EngineLoad load = guard.engine().load();
    return Health.up()
        .withDetail("model", model.name())
        .withDetail("modelHash", model.modelHash())
        .withDetail("backend", model.backend())
        .withDetail("running", load.running())
        .withDetail("waiting", load.waiting())
        .build();
  }
}
