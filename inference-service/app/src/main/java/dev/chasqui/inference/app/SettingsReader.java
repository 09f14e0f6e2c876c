package dev.chasqui.inference.app;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.RecordLimit;
import dev.chasqui.stream.StreamsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** Reads and checks the properties {@code chasqui.*}, and tells all faults at once. */
final class SettingsReader {

  private static final String PREFIX = "chasqui";

  private final Faults faults = new Faults();
  private final ChasquiProperties properties;

  /** Where the models of a pool come from. */
  enum Models {
    /** They are opened from the configured paths. */
    CONFIGURED,
    /** They are handed in, opened. */
    HANDED_IN
  }

  private SettingsReader(Environment environment) {
    properties =
        Binder.get(environment)
            .bindOrCreate(PREFIX, Bindable.of(ChasquiProperties.class), new Collecting());
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidConfigurationException with all that is wrong
   */
  static InferenceSettings read(Environment environment, Models models) {
    SettingsReader reader = new SettingsReader(environment);
    InferenceSettings.Wire wire = reader.wire();
    StreamsSettings streams = reader.streams();
    InferenceSettings.Workers workers = reader.workers(models);
    reader.faults.attempt(
        "chasqui.commit-interval", () -> new CommitPace(reader.properties.commitInterval()));
    reader.faults.check();
    return new InferenceSettings(
        reader.properties.pool(),
        workers,
        Objects.requireNonNull(streams),
        reader.properties.commitInterval(),
        Objects.requireNonNull(wire));
  }

  private InferenceSettings.Wire wire() {
    Map<String, String> serdes = new HashMap<>(properties.registry());
    properties.serde().forEach((key, value) -> serdes.put("chasqui.serde." + key, value));
    if (requireText("registry-url", properties.registryUrl())) {
      serdes.put(RegistrySettings.URL, properties.registryUrl());
      faults.attempt("chasqui.registry", () -> RegistrySettings.from(serdes));
    }
    Map<String, String> names = new HashMap<>();
    properties.topics().forEach((key, value) -> names.put("chasqui.topics." + key, value));
    Topics topics = faults.attempt("chasqui.topics", () -> Topics.from(names));
    if (topics == null) {
      topics = Topics.defaults();
    }
    Topics known = topics;
    faults.attempt("chasqui.pool", () -> known.admitted(properties.pool()));
    return new InferenceSettings.Wire(topics, serdes);
  }

  private StreamsSettings streams() {
    requireText("bootstrap-servers", properties.bootstrapServers());
    requireText("state-directory", properties.stateDirectory());
    requireAtLeast("stream-threads", properties.streamThreads(), 1);
    if (properties.replicationFactor() != -1) {
      requireAtLeast("replication-factor", properties.replicationFactor(), 1);
    }
    RecordLimit limit =
        faults.attempt(
            "chasqui.max-request-size", () -> new RecordLimit(properties.maxRequestSize()));
    String id = properties.applicationId();
    return new StreamsSettings(
        id.isBlank() ? "chasqui-inference-" + properties.pool() : id,
        properties.bootstrapServers(),
        Path.of(properties.stateDirectory()),
        new StreamsSettings.Sizing(
            properties.streamThreads(),
            properties.replicationFactor(),
            limit == null ? new RecordLimit(1 << 20) : limit),
        properties.kafka());
  }

  private InferenceSettings.Workers workers(Models models) {
    if (models == Models.HANDED_IN) {
      return new InferenceSettings.Workers(List.of(), List.of());
    }
    if (properties.models().isEmpty()) {
      faults.add(
          "chasqui.models is empty: name a model at least, with chasqui.models[0].name and .path");
    }
    checkDevices();
    List<ModelSettings> checked = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < properties.models().size(); i++) {
      ChasquiProperties.Model model = properties.models().get(i);
      String where = "models[" + i + "]";
      if (requireText(where + ".name", model.name()) && !names.add(model.name())) {
        faults.add(
            "chasqui.%s.name is %s, which another model has too".formatted(where, model.name()));
      }
      EngineOptions options = options(where, model);
      if (options != null) {
        checked.add(new ModelSettings(model.name(), options));
      }
    }
    return new InferenceSettings.Workers(checked, properties.devices());
  }

  private void checkDevices() {
    if (properties.devices().isEmpty()) {
      faults.add("chasqui.devices is empty: name one at least, for example cpu");
    }
    for (String device : properties.devices()) {
      if (!device.equals("cpu")) {
        faults.add("chasqui.devices names '%s': this version knows cpu only".formatted(device));
      }
    }
  }

  private @Nullable EngineOptions options(String where, ChasquiProperties.Model model) {
    if (!requireText(where + ".path", model.path())) {
      return null;
    }
    Path path = Path.of(model.path());
    if (!Files.exists(path)) {
      faults.add(
          "chasqui.%s.path is %s: there is no such file or directory"
              .formatted(where, path.toAbsolutePath()));
      return null;
    }
    return faults.attempt("chasqui." + where, () -> EngineOptionsReader.read(path, model));
  }

  private boolean requireText(String name, String value) {
    if (value.isBlank()) {
      faults.add("chasqui.%s is not set".formatted(name));
      return false;
    }
    return true;
  }

  private void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      faults.add("chasqui.%s is %d: it must be %d at least".formatted(name, value, least));
    }
  }

  /** Notes values of the wrong kind and goes on with the default in their place. */
  private final class Collecting extends AbstractBindHandler {

    @Override
    public @Nullable Object onFailure(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
        throws Exception {
      var property = context.getConfigurationProperty();
      if (property == null || !property.getName().equals(name)) {
        throw error;
      }
      faults.add(
          "%s is '%s': it must be of type %s"
              .formatted(name, property.getValue(), target.getType().resolve().getSimpleName()));
      return null;
    }
  }
}
