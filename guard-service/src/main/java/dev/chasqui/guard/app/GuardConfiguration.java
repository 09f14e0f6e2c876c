package dev.chasqui.guard.app;

import dev.chasqui.engine.api.Engine;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What the application is made of. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GuardConfiguration {

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
  GuardEngine guardEngine(GuardSettings settings, ObjectProvider<HandedIn> handedIn) {
    HandedIn given = handedIn.getIfAvailable();
    return given == null
        ? GuardEngine.open(settings.model().options().orElseThrow())
        : GuardEngine.handedIn(given.engine());
  }

  @Bean
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  @Bean
  GuardLifecycle guardLifecycle(GuardSettings settings, GuardEngine engine, Meters meters) {
    GuardLifecycle lifecycle = new GuardLifecycle(settings, engine, new RequestLog(meters));
    meters.watch(lifecycle);
    return lifecycle;
  }

  @Bean("engine")
  EngineHealth engineHealth(GuardEngine engine) {
    return new EngineHealth(engine);
  }

  @Bean("streams")
  StreamsHealth streamsHealth(GuardLifecycle lifecycle) {
    return new StreamsHealth(lifecycle);
  }
}
