package dev.chasqui.inference.app;

import dev.chasqui.engine.backend.KvType;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.service.Faults;
import dev.chasqui.service.HandedInEngines;
import dev.chasqui.service.PropertyReader;
import dev.chasqui.service.ServiceSettings;
import dev.chasqui.service.ServiceSettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Reads and checks the properties {@code chasqui.*}, and tells all faults at once. */
final class SettingsReader {

  private final Faults faults = new Faults();
  private final PropertyReader reader;
  private final InferenceProperties properties;

  private SettingsReader(Environment environment) {
    reader = new PropertyReader(environment, faults);
    properties = reader.read(InferenceProperties.class);
  }

  /**
   * Reads the settings.
   *
   * @throws dev.chasqui.service.InvalidConfigurationException with all that is wrong
   */
  static InferenceSettings read(Environment environment, HandedInEngines.Source source) {
    return new SettingsReader(environment).read(source);
  }

  private InferenceSettings read(HandedInEngines.Source source) {
    String pool = properties.pool();
    ServiceSettings service =
        ServiceSettingsReader.read(reader, faults, "chasqui-inference-" + pool);
    faults.attempt("chasqui.pool", () -> service.wire().topics().admitted(pool));
    InferenceSettings.Workers workers = workers(source);
    faults.check();
    return new InferenceSettings(service, pool, workers);
  }

  private InferenceSettings.Workers workers(HandedInEngines.Source source) {
    if (source == HandedInEngines.Source.HANDED_IN) {
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
      InferenceProperties.Model model = properties.models().get(i);
      String where = "chasqui.models[" + i + "]";
      if (faults.requireText(where + ".name", model.name()) && !names.add(model.name())) {
        faults.add("%s.name is %s, which another model has too".formatted(where, model.name()));
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
      if (!device.equals("cpu") && !ModelSettings.isGpu(device)) {
        faults.add(
            "chasqui.devices names '%s': a device is cpu, cuda:0 (an index), cuda:GPU-… or cuda:MIG-…"
                .formatted(device));
      }
    }
  }

  private @Nullable EngineOptions options(String where, InferenceProperties.Model model) {
    boolean found = faults.requireFile(where + ".path", model.path());
    for (Map.Entry<String, String> adapter : new TreeMap<>(model.adapters()).entrySet()) {
      found &= faults.requireFile(where + ".adapters." + adapter.getKey(), adapter.getValue());
    }
    if (!model.draftModel().isBlank()) {
      found &= faults.requireFile(where + ".draft-model", model.draftModel());
    }
    return found ? faults.attempt(where, () -> options(model)) : null;
  }

  /** Puts the properties of a model in place of the engine's usual options. */
  private static EngineOptions options(InferenceProperties.Model model) {
    EngineOptions usual = EngineOptions.of(Path.of(model.path()));
    return usual
        .withBackend(model.backend())
        .withThreads(or(model.threads(), usual.threads()))
        .withCache(
            new EngineOptions.Cache(
                optional(model.contextLength()),
                optional(model.kvTokens()),
                usual.cache().blockSizeTokens(),
                model.gpuMemoryFraction(),
                KvType.of(model.kvType())))
        .withBatch(
            new EngineOptions.Batch(
                or(model.maxSequences(), usual.batch().maxSequences()),
                or(model.prefillTokens(), usual.batch().prefillTokens())))
        .withChatTemplate(Optional.of(model.chatTemplate()).filter(template -> !template.isBlank()))
        .withDraftModel(
            Optional.of(model.draftModel()).filter(path -> !path.isBlank()).map(Path::of))
        .withAdapters(adapters(model));
  }

  private static Map<String, Path> adapters(InferenceProperties.Model model) {
    Map<String, Path> adapters = new HashMap<>();
    model.adapters().forEach((name, path) -> adapters.put(name, Path.of(path)));
    return adapters;
  }

  private static int or(@Nullable Integer value, int usual) {
    return value == null ? usual : value;
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
