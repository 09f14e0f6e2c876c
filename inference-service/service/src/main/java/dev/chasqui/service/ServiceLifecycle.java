package dev.chasqui.service;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops a service with the application; called by Spring's main thread.
 *
 * @param <S> the service
 */
public final class ServiceLifecycle<S extends RunningService> implements SmartLifecycle {

  private final Supplier<S> starting;
  private volatile @Nullable S service;

  /**
   * Prepares to start.
   *
   * @param starting starts the service
   */
  public ServiceLifecycle(Supplier<S> starting) {
    this.starting = starting;
  }

  @Override
  public void start() {
    service = starting.get();
  }

  @Override
  public void stop() {
    S running = service;
    service = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean isRunning() {
    return service != null;
  }

  /** Returns the service while it runs; safe from any thread. */
  public Optional<S> service() {
    return Optional.ofNullable(service);
  }
}
