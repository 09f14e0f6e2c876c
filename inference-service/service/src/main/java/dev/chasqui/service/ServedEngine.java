package dev.chasqui.service;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine of a service, its meters, and who closes it.
 *
 * @param name what it is known by
 * @param engine the engine
 * @param ending closes it, where it is ours
 */
public record ServedEngine(EngineName name, Engine engine, Runnable ending)
    implements AutoCloseable {

  /** Readiness waits this long at most for kernels to be compiled. */
  public static final Duration WARM_UP = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(ServedEngine.class);

  /**
   * Takes an engine that another program has opened and closes. Its load is shown; what it does is
   * told to whoever opened it.
   *
   * @param model the name by which the service asks for it
   * @param engine must outlive the service
   * @param registry gets its meters
   * @return the engine
   */
  public static ServedEngine handedIn(String model, Engine engine, MeterRegistry registry) {
    EngineName name = new EngineName(model, EngineName.ELSEWHERE);
    EngineMeters.watch(registry, name, engine);
    return new ServedEngine(name, engine, () -> {});
  }

  /**
   * Opens an engine, warm.
   *
   * @param name what it is known by
   * @param options what to open and how
   * @param registry gets its meters
   * @return the engine, to be closed
   */
  public static ServedEngine open(EngineName name, EngineOptions options, MeterRegistry registry) {
    Engine engine = LlamaEngine.openWarm(options, new EngineMeters(registry, name), WARM_UP);
    EngineMeters.watch(registry, name, engine);
    var model = engine.model();
    log.info(
        "{}: {}, backend {}, context {}, SHA-256 {}",
        name,
        model.name(),
        model.backend(),
        model.contextLength(),
        model.modelHash());
    return new ServedEngine(name, engine, engine::close);
  }

  @Override
  public void close() {
    ending.run();
  }
}
