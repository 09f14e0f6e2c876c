package dev.chasqui.standalone;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.classifier.DefaultGuard;
import dev.chasqui.service.ServedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The engines of a standalone: one that answers, and the same or another one that judges.
 *
 * @param names by which prompts ask for the model that answers
 * @param answering the engine that answers
 * @param judging the engine that judges
 */
record ServedModels(List<String> names, LlamaEngine answering, LlamaEngine judging)
    implements AutoCloseable {

  /** The name that always stands for the model that answers. */
  static final String DEFAULT = "default";

  ServedModels {
    names = List.copyOf(names);
  }

  /**
   * One copy of the weights serves both where the guard, or its base, is the model that answers.
   */
  static ServedModels open(StandaloneSettings settings) {
    StandaloneSettings.Guard guard = settings.guard();
    Map<String, Path> adapters = adapters(settings);
    List<String> names = List.of(DEFAULT, nameOf(settings.model()));
    if (isSame(settings.model(), guard.model())) {
      LlamaEngine both = open(settings.model(), settings.backend(), adapters);
      return new ServedModels(names, both, both);
    }
    LlamaEngine answering = open(settings.model(), settings.backend(), Map.of());
    try {
      LlamaEngine judging = open(guard.model(), settings.backend(), adapters);
      return new ServedModels(names, answering, judging);
    } catch (RuntimeException e) {
      answering.close();
      throw e;
    }
  }

  private static Map<String, Path> adapters(StandaloneSettings settings) {
    return switch (settings.guard()) {
      case StandaloneSettings.AdapterGuard _ ->
          Map.of(DefaultGuard.NAME, DefaultGuard.unpackInto(settings.dataDirectory()));
      case StandaloneSettings.ModelGuard _ -> Map.of();
    };
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException missing) {
      return false; // opening it will say so better
    }
  }

  private static LlamaEngine open(Path model, String backend, Map<String, Path> adapters) {
    return LlamaEngine.openWarm(
        EngineOptions.of(model).withBackend(backend).withAdapters(adapters),
        EngineListener.SILENT,
        ServedEngine.WARM_UP);
  }

  /** The file's name in lower case without type and extension: smollm2-135m-instruct. */
  private static String nameOf(Path model) {
    String name = String.valueOf(model.toAbsolutePath().normalize().getFileName());
    return name.toLowerCase(Locale.ROOT)
        .replaceFirst("\\.gguf$", "")
        .replaceFirst("[.-](i?q\\d\\w*|f16|f32|bf16)$", "");
  }

  /** Returns the engine that answers by each of its names. */
  Map<String, Engine> byName() {
    Map<String, Engine> engines = new LinkedHashMap<>();
    names.forEach(name -> engines.put(name, answering));
    return engines;
  }

  String describe() {
    return "%s, backend %s%s"
        .formatted(
            names.getLast(),
            answering.model().backend(),
            judging == answering ? ", answers and judges" : "");
  }

  @Override
  public void close() {
    answering.close();
    if (judging != answering) {
      judging.close();
    }
  }
}
