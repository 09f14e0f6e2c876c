package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.engine.backend.KvType;
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
      names = "--cpu-variant",
      paramLabel = "NAME",
      description =
          "Kernels of backend native: portable, avx2, avx512, amx or neon. Default: the best this"
              + " CPU runs.")
  private @Nullable String cpuVariant;

  @Option(
      names = "--kv-type",
      paramLabel = "TYPE",
      defaultValue = "AUTO",
      description =
          "How keys and values are kept: f32, f16 or int8, which halves the memory of f16; f16 and"
              + " int8 are for backend native. Default: auto, what the backend finds right.")
  private KvType kvType = KvType.AUTO;

  @Option(
      names = "--lora",
      paramLabel = "DIR",
      description = "A LoRA adapter to compute with: a folder of PEFT, or a GGUF file.")
  private @Nullable Path lora;

  private static final String ADAPTER = "lora";

  int threads() {
    return threads;
  }

  KvType kvType() {
    return kvType;
  }

  /** Returns the name of the adapter among those of the options. */
  Optional<String> adapter() {
    return Optional.ofNullable(lora).map(path -> ADAPTER);
  }

  private String backendName() {
    if (cpuVariant == null) {
      return backend;
    }
    if (!backend.equals("auto") && !backend.equals("native")) {
      throw new CommandException(
          "--cpu-variant is for backend native, not " + backend + ": leave one of the two out");
    }
    return "native-" + cpuVariant;
  }

  EngineOptions options(Path model) {
    EngineOptions options =
        EngineOptions.of(model).withBackend(backendName()).withThreads(threads).withKvType(kvType);
    return lora == null ? options : options.withAdapters(Map.of(ADAPTER, lora));
  }
}
