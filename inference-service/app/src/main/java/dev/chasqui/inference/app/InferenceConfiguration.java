package dev.chasqui.inference.app;

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
  Engines engines(InferenceSettings settings, ObjectProvider<HandedInEngines> handedIn) {
    HandedInEngines engines = handedIn.getIfAvailable();
    return engines == null
        ? Engines.open(settings.pool(), settings.workers())
        : Engines.handedIn(settings.pool(), engines.byModel());
  }

  @Bean
  Meters meters(MeterRegistry registry, Engines engines) {
    return new Meters(registry, engines.pool());
  }

  @Bean
  InferenceLifecycle inferenceLifecycle(
      InferenceSettings settings, Engines engines, Meters meters) {
    return new InferenceLifecycle(settings, engines, meters);
  }

  @Bean("streams")
  StreamsHealth streamsHealth(InferenceLifecycle lifecycle) {
    return new StreamsHealth(lifecycle);
  }

  @Bean("engine")
  EngineHealth engineHealth(Engines engines) {
    return new EngineHealth(engines);
  }
}
