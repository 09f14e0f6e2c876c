package dev.chasqui.service;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All engines of a service.
 *
 * @param all one for each model and device
 */
public record ServedEngines(List<ServedEngine> all) implements AutoCloseable {

  /** Copies the engines in. */
  public ServedEngines {
    all = List.copyOf(all);
  }

  /**
   * Takes engines that another program has opened, or opens what is configured.
   *
   * @param handedIn what another program has opened, perhaps nothing
   * @param configured what to open otherwise
   * @param registry gets the meters
   * @return the engines, to be closed
   */
  public static ServedEngines of(
      HandedInEngines handedIn, Map<EngineName, EngineOptions> configured, MeterRegistry registry) {
    List<ServedEngine> served = new ArrayList<>();
    try {
      handedIn
          .byModel()
          .forEach((model, engine) -> served.add(ServedEngine.handedIn(model, engine, registry)));
      configured.forEach((name, options) -> served.add(ServedEngine.open(name, options, registry)));
      return new ServedEngines(served);
    } catch (RuntimeException e) {
      served.forEach(ServedEngine::close);
      throw e;
    }
  }

  /** Returns the engines of each model. */
  public Map<String, List<Engine>> byModel() {
    Map<String, List<Engine>> engines = new LinkedHashMap<>();
    all.forEach(served ->
        engines
            .computeIfAbsent(served.name().model(), model -> new ArrayList<>())
            .add(served.engine()));
    return engines;
  }

  @Override
  public void close() {
    all.forEach(ServedEngine::close);
  }
}
