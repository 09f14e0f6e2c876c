package dev.chasqui.standalone.bench;

import dev.chasqui.cli.fetch.ModelSource;
import dev.chasqui.cli.fetch.ModelStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model answers and judges, and on what. */
final class ModelOption {

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "The model that answers and judges, as for standalone.")
  private String model = ModelSource.DEFAULT;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "As for standalone. Default: auto.")
  private String backend = "auto";

  Path locate(ModelStore models) {
    return models.locate(ModelSource.parse(model));
  }

  String backend() {
    return backend;
  }

  /** Returns the model's name for a heading. */
  String describe() {
    return "%s, backend %s".formatted(Path.of(model).getFileName(), backend);
  }
}
