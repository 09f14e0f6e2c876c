package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard model, and who closes it.
 *
 * @param engine the model
 * @param ending closes it, where it is ours
 */
record GuardEngine(Engine engine, Runnable ending) implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GuardEngine.class);

  /** Readiness waits this long at most for kernels to be compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  /** Takes a model that somebody else has opened and closes. */
  static GuardEngine handedIn(Engine engine) {
    return new GuardEngine(engine, () -> {});
  }

  /** Opens a model. */
  static GuardEngine open(EngineOptions options) {
    Engine engine = LlamaEngine.openWarm(options, EngineListener.SILENT, WARM_UP);
    var model = engine.model();
    log.info(
        "guard model {}: backend {}, context {}, SHA-256 {}",
        model.name(),
        model.backend(),
        model.contextLength(),
        model.modelHash());
    return new GuardEngine(engine, engine::close);
  }

  @Override
  public void close() {
    ending.run();
  }
}
