package dev.chasqui.standalone;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.service.ServedEngine;
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

  static ServedModels open(StandaloneSettings settings) {
    LlamaEngine answering = open(settings.model(), settings.backend());
    LlamaEngine judging =
        settings.guardModel().map(path -> open(path, settings.backend())).orElse(answering);
    return new ServedModels(List.of(DEFAULT, nameOf(settings.model())), answering, judging);
  }

  private static LlamaEngine open(Path model, String backend) {
    return LlamaEngine.openWarm(
        EngineOptions.of(model).withBackend(backend), EngineListener.SILENT, ServedEngine.WARM_UP);
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
