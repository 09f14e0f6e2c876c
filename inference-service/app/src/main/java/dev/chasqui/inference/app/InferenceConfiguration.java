package dev.chasqui.inference.app;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import dev.chasqui.service.EngineName;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.ServedEngines;
import dev.chasqui.service.ServiceLifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What only an inference service is made of. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class InferenceConfiguration {

  @Bean
  InferenceSettings inferenceSettings(Environment environment, HandedInEngines handedIn) {
    return SettingsReader.read(environment, handedIn.source());
  }

  /** Each model is opened on each device. */
  @Bean
  ServedEngines engines(
      InferenceSettings settings, HandedInEngines handedIn, MeterRegistry registry) {
    Map<EngineName, EngineOptions> configured = new LinkedHashMap<>();
    for (ModelSettings model : settings.workers().models()) {
      for (String device : settings.workers().devices()) {
        configured.put(new EngineName(model.name(), device), model.optionsOn(device));
      }
    }
    return ServedEngines.of(handedIn, configured, registry);
  }

  @Bean
  WorkerPool workerPool(InferenceSettings settings, ServedEngines engines) {
    List<ServedModel> models = new ArrayList<>();
    engines.byModel().forEach((name, ofModel) -> models.add(new ServedModel(name, ofModel)));
    return new WorkerPool(settings.pool(), models);
  }

  @Bean
  Meters meters(MeterRegistry registry, WorkerPool pool) {
    return new Meters(registry, pool);
  }

  @Bean
  ServiceLifecycle<InferenceService> inferenceLifecycle(
      InferenceSettings settings, WorkerPool pool, Meters meters) {
    return new ServiceLifecycle<>(() -> InferenceService.start(settings, pool, meters));
  }
}
