package dev.chasqui.cli.engine;

import dev.chasqui.engine.runtime.EngineOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What computes. */
final class ComputeOptions {

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "auto, scalar, vector, native or cuda. Default: ${DEFAULT-VALUE}, the best one here.")
  private String backend = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Compute threads. Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--lora",
      paramLabel = "DIR",
      description = "A LoRA adapter to compute with: a folder of PEFT, or a GGUF file.")
  private @Nullable Path lora;

  private static final String ADAPTER = "lora";

  int threads() {
    return threads;
  }

  /** Returns the name of the adapter among those of the options. */
  Optional<String> adapter() {
    return Optional.ofNullable(lora).map(path -> ADAPTER);
  }

  EngineOptions options(Path model) {
    EngineOptions options = EngineOptions.of(model).withBackend(backend).withThreads(threads);
    return lora == null ? options : options.withAdapters(Map.of(ADAPTER, lora));
  }
}
