package dev.chasqui.guard.app;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.Pools;
import dev.chasqui.guard.topology.input.Retention;
import dev.chasqui.schemas.registry.RegistrySettings;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.stream.CommitPace;
import dev.chasqui.stream.RecordLimit;
import dev.chasqui.stream.StreamsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final GuardProperties properties;

  /** Where the guard model comes from. */
  enum Source {
    /** It is opened from the configured path. */
    CONFIGURED,
    /** It is handed in, opened. */
    HANDED_IN
  }

  private SettingsReader(Environment environment) {
    properties =
        Binder.get(environment)
            .bindOrCreate(PREFIX, Bindable.of(GuardProperties.class), new Collecting());
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidConfigurationException with all that is wrong
   */
  static GuardSettings read(Environment environment, Source source) {
    return new SettingsReader(environment).read(source);
  }

  private GuardSettings read(Source source) {
    Topics topics = topics();
    Map<String, String> serdes = serdes();
    StreamsSettings streams = streams();
    faults.attempt("chasqui.commit-interval", () -> new CommitPace(properties.commitInterval()));
    Optional<GuardSettings.Rules> rules = rules(topics);
    GuardSettings.Model model = model(source);
    faults.check();
    return new GuardSettings(
        streams,
        properties.commitInterval(),
        new GuardSettings.Wire(topics, serdes),
        rules.orElseThrow(),
        model);
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
    if (hasText("registry-url", properties.registryUrl())) {
      serdes.put(RegistrySettings.URL, properties.registryUrl());
      faults.attempt("chasqui.registry", () -> RegistrySettings.from(serdes));
    }
    return serdes;
  }

  private StreamsSettings streams() {
    hasText("bootstrap-servers", properties.bootstrapServers());
    hasText("state-directory", properties.stateDirectory());
    hasText("application-id", properties.applicationId());
    requireAtLeast("stream-threads", properties.streamThreads(), 1);
    if (properties.replicationFactor() != -1) {
      requireAtLeast("replication-factor", properties.replicationFactor(), 1);
    }
    RecordLimit limit =
        faults.attempt(
            "chasqui.max-request-size", () -> new RecordLimit(properties.maxRequestSize()));
    return new StreamsSettings(
        properties.applicationId(),
        properties.bootstrapServers(),
        Path.of(properties.stateDirectory()),
        new StreamsSettings.Sizing(
            properties.streamThreads(),
            properties.replicationFactor(),
            limit == null ? new RecordLimit(1 << 20) : limit),
        properties.kafka());
  }

  private Optional<GuardSettings.Rules> rules(Topics topics) {
    Pools pools = faults.attempt("chasqui.pools", () -> new Pools(properties.pools()));
    properties
        .pools()
        .keySet()
        .forEach(pool -> faults.attempt("chasqui.pools", () -> topics.admitted(pool)));
    Policies policies = faults.attempt("chasqui.policies", this::policies);
    GuardProperties.Memory memory = properties.retention();
    Retention retention =
        faults.attempt(
            "chasqui.retention", () -> new Retention(memory.seen(), memory.earlyCancels()));
    return pools == null || policies == null || retention == null
        ? Optional.empty()
        : Optional.of(new GuardSettings.Rules(pools, policies, retention));
  }

  private Policies policies() {
    GuardProperties.PolicyFiles files = properties.policies();
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    if (!files.directory().isBlank()) {
      all.addAll(PolicySource.readFrom(Path.of(files.directory())));
    }
    return Policies.of(all, files.tenants(), files.defaultId());
  }

  private GuardSettings.Model model(Source source) {
    GuardProperties.Guard guard = properties.guard();
    requireAtLeast("guard.tail-tokens", guard.tailTokens(), 1);
    if (guard.maxJudgings() != null) {
      requireAtLeast("guard.max-judgings", guard.maxJudgings(), 1);
    }
    if (guard.timeout().isNegative() || guard.timeout().isZero()) {
      faults.add(
          "chasqui.guard.timeout is %s: it must be more than zero, for example 30s"
              .formatted(guard.timeout()));
    }
    return new GuardSettings.Model(
        source == Source.HANDED_IN ? Optional.empty() : options(guard),
        guard.maxJudgings() == null ? OptionalInt.empty() : OptionalInt.of(guard.maxJudgings()),
        guard.timeout(),
        guard.tailTokens());
  }

  private Optional<EngineOptions> options(GuardProperties.Guard guard) {
    if (!hasText("guard.model", guard.model())) {
      return Optional.empty();
    }
    Path path = Path.of(guard.model());
    if (!Files.exists(path)) {
      faults.add(
          "chasqui.guard.model is %s: there is no such file or directory"
              .formatted(path.toAbsolutePath()));
      return Optional.empty();
    }
    return Optional.ofNullable(faults.attempt("chasqui.guard", () -> options(path, guard)));
  }

  private static EngineOptions options(Path path, GuardProperties.Guard guard) {
    EngineOptions options = EngineOptions.of(path).withBackend(guard.backend());
    if (guard.threads() != null) {
      options = options.withThreads(guard.threads());
    }
    return guard.contextLength() == null
        ? options
        : options.withContextLength(guard.contextLength());
  }

  private boolean hasText(String name, String value) {
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
