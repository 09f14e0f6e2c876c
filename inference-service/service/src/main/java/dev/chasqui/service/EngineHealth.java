package dev.chasqui.service;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineLoad;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows what each engine of a service is and does. One that lost its device says so; the service is
 * down when all have.
 */
public final class EngineHealth implements HealthIndicator {

  private final List<ServedEngine> engines;

  /**
   * Watches engines.
   *
   * @param engines of the service
   */
  public EngineHealth(List<ServedEngine> engines) {
    this.engines = List.copyOf(engines);
  }

  @Override
  public Health health() {
    boolean allLost =
        !engines.isEmpty()
            && engines.stream().allMatch(served -> served.engine().fault().isPresent());
    Health.Builder health = allLost ? Health.down() : Health.up();
    engines.forEach(
        served -> health.withDetail(served.name().toString(), describe(served.engine())));
    return health.build();
  }

  private static String describe(Engine engine) {
    var model = engine.model();
    EngineLoad load = engine.load();
    if (engine.fault().isPresent()) {
      return "%s, backend %s, lost: %s"
          .formatted(model.name(), model.backend(), engine.fault().get());
    }
    return "%s, SHA-256 %s, backend %s, %d running, %d waiting"
        .formatted(
            model.name(), model.modelHash(), model.backend(), load.running(), load.waiting());
  }
}
