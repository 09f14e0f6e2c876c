package dev.chasqui.inference.app;

import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.StreamsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The configuration of an inference service, found to be sound.
 *
 * @param pool name of the pool
 * @param workers what it answers with; no models where they are handed in opened
 * @param streams how the topology runs
 * @param commitInterval least time between two commits of a stream thread
 * @param wire topics, and what the serdes are configured with
 */
public record InferenceSettings(
    String pool, Workers workers, StreamsSettings streams, Duration commitInterval, Wire wire) {

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

  /**
   * Topics, and what the serdes are configured with.
   *
   * @param topics names of the topics
   * @param serdes registry and classes, by their Kafka names
   */
  record Wire(Topics topics, Map<String, String> serdes) {

    Wire {
      serdes = Map.copyOf(serdes);
    }
  }
}
