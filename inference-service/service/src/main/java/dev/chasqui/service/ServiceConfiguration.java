package dev.chasqui.service;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that every service has, made of its own lifecycle and engines. */
@Configuration(proxyBeanMethods = false)
class ServiceConfiguration {

  @Bean("engine")
  EngineHealth engineHealth(ServedEngines engines) {
    return new EngineHealth(engines.all());
  }

  @Bean("streams")
  StreamsHealth streamsHealth(ServiceLifecycle<?> lifecycle) {
    return new StreamsHealth(lifecycle);
  }
}
