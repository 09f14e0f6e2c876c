package dev.chasqui.guard.app;

import dev.chasqui.guard.topology.GuardObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the service with the application; called by Spring's main thread. */
final class GuardLifecycle implements SmartLifecycle {

  private final GuardSettings settings;
  private final GuardEngine engine;
  private final GuardObserver observer;
  private volatile @Nullable GuardService service;

  GuardLifecycle(GuardSettings settings, GuardEngine engine, GuardObserver observer) {
    this.settings = settings;
    this.engine = engine;
    this.observer = observer;
  }

  @Override
  public void start() {
    service = GuardService.start(settings, engine.engine(), observer);
  }

  @Override
  public void stop() {
    GuardService running = service;
    service = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean isRunning() {
    return service != null;
  }

  Optional<GuardService> service() {
    return Optional.ofNullable(service);
  }
}
