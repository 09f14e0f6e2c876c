package dev.chasqui.inference.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.service.EngineName;
import dev.chasqui.service.ServedEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The engines of a pool, and who closes them.
 *
 * @param pool who answers with them
 * @param served all of them
 */
record Engines(WorkerPool pool, List<ServedEngine> served) implements AutoCloseable {

  Engines {
    served = List.copyOf(served);
  }

  /** Takes opened engines by the names of their models; whoever opened them closes them. */
  static Engines handedIn(String pool, Map<String, Engine> byModel, MeterRegistry registry) {
    List<ServedEngine> served = new ArrayList<>();
    List<ServedModel> models = new ArrayList<>();
    byModel.forEach((name, engine) -> {
      served.add(ServedEngine.handedIn(name, engine, registry));
      models.add(new ServedModel(name, List.of(engine)));
    });
    return new Engines(new WorkerPool(pool, models), served);
  }

  /** Opens each model on each device. */
  static Engines open(String pool, InferenceSettings.Workers workers, MeterRegistry registry) {
    List<ServedEngine> opened = new ArrayList<>();
    try {
      List<ServedModel> models = new ArrayList<>();
      for (ModelSettings model : workers.models()) {
        List<Engine> ofModel = new ArrayList<>();
        for (String device : workers.devices()) {
          EngineName name = new EngineName(model.name(), device);
          ServedEngine engine = ServedEngine.open(name, model.options(), registry);
          opened.add(engine);
          ofModel.add(engine.engine());
        }
        models.add(new ServedModel(model.name(), ofModel));
      }
      return new Engines(new WorkerPool(pool, models), opened);
    } catch (RuntimeException e) {
      opened.forEach(ServedEngine::close);
      throw e;
    }
  }

  @Override
  public void close() {
    served.forEach(ServedEngine::close);
  }
}
