package dev.chasqui.guard.app;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.service.EngineName;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.ServedEngines;
import dev.chasqui.service.ServiceLifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What only the guard is made of. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GuardConfiguration {

  /** Name of the guard model in logs, health and meters. */
  static final String MODEL = "guard";

  @Bean
  GuardSettings guardSettings(Environment environment, HandedInEngines handedIn) {
    return SettingsReader.read(environment, handedIn.source());
  }

  @Bean
  ServedEngines engines(GuardSettings settings, HandedInEngines handedIn, MeterRegistry registry) {
    Map<EngineName, EngineOptions> configured = new HashMap<>();
    settings
        .model()
        .options()
        .ifPresent(options -> configured.put(new EngineName(MODEL, "cpu"), options));
    return ServedEngines.of(handedIn, configured, registry);
  }

  @Bean
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  @Bean
  ServiceLifecycle<GuardService> guardLifecycle(
      GuardSettings settings, ServedEngines engines, Meters meters) {
    ServiceLifecycle<GuardService> lifecycle =
        new ServiceLifecycle<>(() ->
            GuardService.start(
                settings, engines.all().getFirst().engine(), new RequestLog(meters)));
    meters.watch(lifecycle);
    return lifecycle;
  }
}
