package dev.chasqui.service;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine of a service, and who closes it.
 *
 * @param name what it is known by in logs, health and meters
 * @param engine the engine
 * @param ending closes it, where it is ours
 */
public record ServedEngine(String name, Engine engine, Runnable ending) implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServedEngine.class);

  /** Readiness waits this long at most for kernels to be compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /**
   * Takes an engine that somebody else has opened and closes.
   *
   * @param name what it is known by
   * @param engine must outlive the service
   * @return the engine
   */
  public static ServedEngine handedIn(String name, Engine engine) {
    return new ServedEngine(name, engine, () -> {});
  }

  /**
   * Opens an engine, warm.
   *
   * @param name what it is known by
   * @param options what to open and how
   * @return the engine, to be closed
   */
  public static ServedEngine open(String name, EngineOptions options) {
    Engine engine = LlamaEngine.openWarm(options, EngineListener.SILENT, WARM_UP);
    var model = engine.model();
    log.info(
        "{}: model {}, backend {}, context {}, SHA-256 {}",
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
