package dev.chasqui.service;

import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.RecordLimit;
import dev.chasqui.stream.StreamsSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Checks the properties that every service has. */
public final class ServiceSettingsReader {

  private final ServiceProperties properties;
  private final Faults faults;

  private ServiceSettingsReader(ServiceProperties properties, Faults faults) {
    this.properties = properties;
    this.faults = faults;
  }

  /**
   * Reads the settings.
   *
   * @param reader reads the properties
   * @param faults gets what is wrong; the settings are of no use if it holds anything
   * @param usualId the application id where none is configured
   * @return the settings
   */
  public static ServiceSettings read(PropertyReader reader, Faults faults, String usualId) {
    return new ServiceSettingsReader(reader.read(ServiceProperties.class), faults).read(usualId);
  }

  private ServiceSettings read(String usualId) {
    faults.attempt("chasqui.commit-interval", () -> new CommitPace(properties.commitInterval()));
    return new ServiceSettings(
        streams(usualId),
        properties.commitInterval(),
        new ServiceSettings.Wire(topics(), serdes()));
  }

  private Topics topics() {
    Map<String, String> names = new HashMap<>();
    properties.topics().forEach((key, value) -> names.put("chasqui.topics." + key, value));
    Topics topics = faults.attempt("chasqui.topics", () -> Topics.from(names));
    return topics == null ? Topics.defaults() : topics;
  }

  private Map<String, String> serdes() {
    Map<String, String> serdes = new HashMap<>(properties.registry());
    properties.serde().forEach((key, value) -> serdes.put("chasqui.serde." + key, value));
    if (faults.requireText("chasqui.registry-url", properties.registryUrl())) {
      serdes.put(RegistrySettings.URL, properties.registryUrl());
      faults.attempt("chasqui.registry", () -> RegistrySettings.from(serdes));
    }
    return serdes;
  }

  private StreamsSettings streams(String usualId) {
    faults.requireText("chasqui.bootstrap-servers", properties.bootstrapServers());
    faults.requireText("chasqui.state-directory", properties.stateDirectory());
    String id = properties.applicationId();
    return new StreamsSettings(
        id.isBlank() ? usualId : id,
        properties.bootstrapServers(),
        Path.of(properties.stateDirectory()),
        sizing(),
        properties.kafka());
  }

  private StreamsSettings.Sizing sizing() {
    faults.requireAtLeast("chasqui.stream-threads", properties.streamThreads(), 1);
    if (properties.replicationFactor() != -1) {
      faults.requireAtLeast("chasqui.replication-factor", properties.replicationFactor(), 1);
    }
    RecordLimit limit =
        faults.attempt(
            "chasqui.max-request-size", () -> new RecordLimit(properties.maxRequestSize()));
    return new StreamsSettings.Sizing(
        properties.streamThreads(),
        properties.replicationFactor(),
        limit == null ? new RecordLimit(1 << 20) : limit);
  }
}
