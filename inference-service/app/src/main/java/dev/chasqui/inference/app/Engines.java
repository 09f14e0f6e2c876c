package dev.chasqui.inference.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines of a pool, and who closes them. */
final class Engines implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Engines.class);

  /** Readiness waits this long at most for kernels to be compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private final List<Engine> owned = new ArrayList<>();
  private final WorkerPool pool;

  private Engines(String name, List<ServedModel> models) {
    pool = new WorkerPool(name, models);
  }

  /** Takes opened engines by the names of their models; whoever opened them closes them. */
  static Engines handedIn(String pool, Map<String, Engine> byModel) {
    List<ServedModel> models = new ArrayList<>();
    byModel.forEach((name, engine) -> models.add(new ServedModel(name, List.of(engine))));
    return new Engines(pool, models);
  }

  /** Opens each model on each device. */
  static Engines open(String pool, InferenceSettings.Workers workers) {
    List<Engine> opened = new ArrayList<>();
    try {
      List<ServedModel> models = new ArrayList<>();
      for (ModelSettings model : workers.models()) {
        List<Engine> ofModel = new ArrayList<>();
        for (String device : workers.devices()) {
          Engine engine = LlamaEngine.openWarm(model.options(), EngineListener.SILENT, WARM_UP);
          opened.add(engine);
          ofModel.add(engine);
          log.info("model {} on {}: {}", model.name(), device, describe(engine));
        }
        models.add(new ServedModel(model.name(), ofModel));
      }
      Engines engines = new Engines(pool, models);
      engines.owned.addAll(opened);
      return engines;
    } catch (RuntimeException e) {
      opened.forEach(Engine::close);
      throw e;
    }
  }

  WorkerPool pool() {
    return pool;
  }

  @Override
  public void close() {
    owned.forEach(Engine::close);
  }

  private static String describe(Engine engine) {
    var model = engine.model();
    return "%s, backend %s, context %d, SHA-256 %s"
        .formatted(model.name(), model.backend(), model.contextLength(), model.modelHash());
  }
}
