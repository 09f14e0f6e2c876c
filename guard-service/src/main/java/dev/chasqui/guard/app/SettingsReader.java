package dev.chasqui.guard.app;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.guard.classifier.DefaultGuard;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.Pools;
import dev.chasqui.guard.topology.input.Retention;
import dev.chasqui.schemas.topics.Topics;
import dev.chasqui.service.Faults;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.PropertyReader;
import dev.chasqui.service.ServiceSettings;
import dev.chasqui.service.ServiceSettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.core.env.Environment;

/** Reads and checks the properties {@code chasqui.*}, and tells all faults at once. */
final class SettingsReader {

  /** The guard adapter that comes with this service. */
  static final String DEFAULT = "default";

  private static final String USUAL_ID = "chasqui-guard";
  private static final String OWN_ADAPTER = "guard";

  private final Faults faults = new Faults();
  private final PropertyReader reader;
  private final GuardProperties properties;

  private SettingsReader(Environment environment) {
    reader = new PropertyReader(environment, faults);
    properties = reader.read(GuardProperties.class);
  }

  /**
   * Reads the settings.
   *
   * @throws dev.chasqui.service.InvalidConfigurationException with all that is wrong
   */
  static GuardSettings read(Environment environment, HandedInEngines.Source source) {
    return new SettingsReader(environment).read(source);
  }

  private GuardSettings read(HandedInEngines.Source source) {
    ServiceSettings service = ServiceSettingsReader.read(reader, faults, USUAL_ID);
    GuardSettings.Asking asking = asking(properties.guard());
    Optional<GuardSettings.Rules> rules = rules(service.wire().topics(), asking);
    GuardSettings.Model model = model(source, service.streams().stateDirectory(), asking);
    Duration warmUp = warmUp();
    faults.check();
    return new GuardSettings(service, rules.orElseThrow(), model, warmUp);
  }

  private Duration warmUp() {
    Duration warmUp = properties.guard().warmUp();
    if (warmUp.isNegative()) {
      faults.add(
          "chasqui.guard.warm-up is %s: it must not be negative; 0s does not wait"
              .formatted(warmUp));
    }
    return warmUp;
  }

  private Optional<GuardSettings.Rules> rules(Topics topics, GuardSettings.Asking asking) {
    Pools pools = faults.attempt("chasqui.pools", () -> new Pools(properties.pools()));
    properties
        .pools()
        .keySet()
        .forEach(pool -> faults.attempt("chasqui.pools", () -> topics.admitted(pool)));
    Policies policies = faults.attempt("chasqui.policies", () -> policies(asking.format()));
    if (properties.policies().patience().isNegative()) {
      faults.add(
          "chasqui.policies.patience is %s: it must not be negative; 0s does not wait"
              .formatted(properties.policies().patience()));
    }
    GuardProperties.Memory memory = properties.retention();
    Retention retention =
        faults.attempt(
            "chasqui.retention", () -> new Retention(memory.seen(), memory.earlyCancels()));
    return pools == null || policies == null || retention == null
        ? Optional.empty()
        : Optional.of(
            new GuardSettings.Rules(pools, policies, properties.policies().patience(), retention));
  }

  private Policies policies(GuardFormat format) {
    GuardProperties.PolicyFiles files = properties.policies();
    List<Policy> all = new ArrayList<>(PolicySource.builtIn());
    if (!files.directory().isBlank()) {
      all.addAll(PolicySource.readFrom(Path.of(files.directory())));
    }
    all.forEach(format::check);
    return Policies.of(all, files.tenants(), files.defaultId());
  }

  private GuardSettings.Model model(
      HandedInEngines.Source source, Path stateDirectory, GuardSettings.Asking asking) {
    GuardProperties.Guard guard = properties.guard();
    faults.requireAtLeast("chasqui.guard.tail-tokens", guard.tailTokens(), 1);
    faults.requireAtLeast("chasqui.guard.max-untrusted-texts", guard.maxUntrustedTexts(), 0);
    if (guard.maxJudgings() != null) {
      faults.requireAtLeast("chasqui.guard.max-judgings", guard.maxJudgings(), 1);
    }
    if (guard.timeout().isNegative() || guard.timeout().isZero()) {
      faults.add(
          "chasqui.guard.timeout is %s: it must be more than zero, for example 30s"
              .formatted(guard.timeout()));
    }
    return new GuardSettings.Model(
        source == HandedInEngines.Source.HANDED_IN
            ? Optional.empty()
            : options(guard, stateDirectory),
        asking,
        guard.maxJudgings() == null ? OptionalInt.empty() : OptionalInt.of(guard.maxJudgings()),
        guard.timeout(),
        guard.tailTokens(),
        guard.maxUntrustedTexts());
  }

  private GuardSettings.Asking asking(GuardProperties.Guard guard) {
    boolean ours = guard.adapter().equals(DEFAULT);
    GuardFormat usual =
        GuardFormat.named(ours ? GuardFormat.DEFAULT_GUARD : GuardFormat.LLAMA_GUARD_3);
    GuardFormat format =
        guard.format().isBlank()
            ? usual
            : faults.attempt("chasqui.guard.format", () -> GuardFormat.named(guard.format()));
    return new GuardSettings.Asking(format == null ? usual : format, adapterName(guard));
  }

  private static Optional<String> adapterName(GuardProperties.Guard guard) {
    if (guard.adapter().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(guard.adapter().equals(DEFAULT) ? DefaultGuard.NAME : OWN_ADAPTER);
  }

  private Optional<EngineOptions> options(GuardProperties.Guard guard, Path stateDirectory) {
    boolean found = faults.requireFile("chasqui.guard.model", guard.model());
    Optional<String> name = adapterName(guard);
    if (name.isPresent() && !guard.adapter().equals(DEFAULT)) {
      found &= faults.requireFile("chasqui.guard.adapter", guard.adapter());
    }
    if (!found) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        faults.attempt(
            "chasqui.guard",
            () -> options(guard).withAdapters(adapters(guard, name, stateDirectory))));
  }

  private static Map<String, Path> adapters(
      GuardProperties.Guard guard, Optional<String> name, Path stateDirectory) {
    return name.map(present ->
            Map.of(
                present,
                guard.adapter().equals(DEFAULT)
                    ? DefaultGuard.unpackInto(stateDirectory)
                    : Path.of(guard.adapter())))
        .orElse(Map.of());
  }

  private static EngineOptions options(GuardProperties.Guard guard) {
    EngineOptions options = EngineOptions.of(Path.of(guard.model())).withBackend(guard.backend());
    if (guard.threads() != null) {
      options = options.withThreads(guard.threads());
    }
    return guard.contextLength() == null
        ? options
        : options.withContextLength(guard.contextLength());
  }
}
