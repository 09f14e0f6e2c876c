package dev.chasqui.inference.app;

import dev.chasqui.inference.topology.AnswerObserver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the service with the application; called by Spring's main thread. */
final class InferenceLifecycle implements SmartLifecycle {

  private final InferenceSettings settings;
  private final Engines engines;
  private final AnswerObserver observer;
  private volatile @Nullable InferenceService service;

  InferenceLifecycle(InferenceSettings settings, Engines engines, AnswerObserver observer) {
    this.settings = settings;
    this.engines = engines;
    this.observer = observer;
  }

  @Override
  public void start() {
    service = InferenceService.start(settings, engines.pool(), observer);
  }

  @Override
  public void stop() {
    InferenceService running = service;
    service = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean isRunning() {
    return service != null;
  }

  Optional<InferenceService> service() {
    return Optional.ofNullable(service);
  }
}
