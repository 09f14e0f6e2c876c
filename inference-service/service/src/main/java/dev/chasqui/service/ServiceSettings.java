package dev.chasqui.service;

import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.StreamsSettings;
import java.time.Duration;
import java.util.Map;

/**
 * What every service is told of Kafka and the registry, found to be sound.
 *
 * @param streams how a topology runs
 * @param commitInterval least time between two commits of a stream thread
 * @param wire topics, and what the serdes are configured with
 */
public record ServiceSettings(StreamsSettings streams, Duration commitInterval, Wire wire) {

  /**
   * Topics, and what the serdes are configured with.
   *
   * @param topics names of the topics
   * @param serdes registry and classes, by their Kafka names
   */
  public record Wire(Topics topics, Map<String, String> serdes) {

    /** Copies the settings in. */
    public Wire {
      serdes = Map.copyOf(serdes);
    }
  }
}
