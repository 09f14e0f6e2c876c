package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.service.EngineHealth;
import dev.chasqui.service.EngineName;
import dev.chasqui.service.ServedEngine;
import dev.chasqui.service.ServiceLifecycle;
import dev.chasqui.service.StreamsHealth;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What the application is made of. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GuardConfiguration {

  /** Name of the guard model in logs, health and meters. */
  private static final String MODEL = "guard";

  /**
   * A guard model that somebody else has opened and closes.
   *
   * @param engine the model
   */
  record HandedIn(Engine engine) {}

  @Bean
  GuardSettings guardSettings(Environment environment, ObjectProvider<HandedIn> handedIn) {
    return SettingsReader.read(
        environment,
        handedIn.getIfAvailable() == null
            ? SettingsReader.Source.CONFIGURED
            : SettingsReader.Source.HANDED_IN);
  }

  @Bean
  ServedEngine guardEngine(
      GuardSettings settings, ObjectProvider<HandedIn> handedIn, MeterRegistry registry) {
    HandedIn given = handedIn.getIfAvailable();
    return given == null
        ? ServedEngine.open(
            new EngineName(MODEL, "cpu"), settings.model().options().orElseThrow(), registry)
        : ServedEngine.handedIn(MODEL, given.engine(), registry);
  }

  @Bean
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  @Bean
  ServiceLifecycle<GuardService> guardLifecycle(
      GuardSettings settings, ServedEngine engine, Meters meters) {
    ServiceLifecycle<GuardService> lifecycle =
        new ServiceLifecycle<>(
            () -> GuardService.start(settings, engine.engine(), new RequestLog(meters)));
    meters.watch(lifecycle);
    return lifecycle;
  }

  @Bean("engine")
  EngineHealth engineHealth(ServedEngine engine) {
    return new EngineHealth(List.of(engine));
  }

  @Bean("streams")
  StreamsHealth streamsHealth(ServiceLifecycle<GuardService> lifecycle) {
    return new StreamsHealth(lifecycle);
  }
}
