package dev.chasqui.inference.app;

import dev.chasqui.service.ServiceSettings;
import java.util.List;

/**
 * The configuration of an inference service, found to be sound.
 *
 * @param service Kafka and registry
 * @param pool name of the pool
 * @param workers what it answers with; no models where they are handed in opened
 */
public record InferenceSettings(ServiceSettings service, String pool, Workers workers) {

  /**
   * What a pool answers with.
   *
   * @param models the models, each opened once for every device
   * @param devices the devices
   */
  record Workers(List<ModelSettings> models, List<String> devices) {

    Workers {
      models = List.copyOf(models);
      devices = List.copyOf(devices);
    }
  }
}
