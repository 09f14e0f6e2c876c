package dev.chasqui.cli.engine;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.fetch.ModelSource;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model. */
final class ModelOptions {

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = ModelSource.DEFAULT,
      description =
          "Checkpoint file or directory, hf:OWNER/REPO/FILE, or default (SmolLM2-135M-Instruct,"
              + " fetched once).")
  private String model = ModelSource.DEFAULT;

  Path locate(Surroundings surroundings) {
    return surroundings.models().locate(ModelSource.parse(model));
  }
}
