package dev.chasqui.inference.app;

import dev.chasqui.service.EngineHealth;
import dev.chasqui.service.ServiceLifecycle;
import dev.chasqui.service.StreamsHealth;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What the application is made of. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class InferenceConfiguration {

  @Bean
  InferenceSettings inferenceSettings(
      Environment environment, ObjectProvider<HandedInEngines> handedIn) {
    return SettingsReader.read(
        environment,
        handedIn.getIfAvailable() == null
            ? SettingsReader.Models.CONFIGURED
            : SettingsReader.Models.HANDED_IN);
  }

  @Bean
  Engines engines(
      InferenceSettings settings,
      ObjectProvider<HandedInEngines> handedIn,
      MeterRegistry registry) {
    HandedInEngines engines = handedIn.getIfAvailable();
    return engines == null
        ? Engines.open(settings.pool(), settings.workers(), registry)
        : Engines.handedIn(settings.pool(), engines.byModel(), registry);
  }

  @Bean
  Meters meters(MeterRegistry registry, Engines engines) {
    return new Meters(registry, engines.pool());
  }

  @Bean
  ServiceLifecycle<InferenceService> inferenceLifecycle(
      InferenceSettings settings, Engines engines, Meters meters) {
    return new ServiceLifecycle<>(() -> InferenceService.start(settings, engines.pool(), meters));
  }

  @Bean("streams")
  StreamsHealth streamsHealth(ServiceLifecycle<InferenceService> lifecycle) {
    return new StreamsHealth(lifecycle);
  }

  @Bean("engine")
  EngineHealth engineHealth(Engines engines) {
    return new EngineHealth(engines.served());
  }
}
