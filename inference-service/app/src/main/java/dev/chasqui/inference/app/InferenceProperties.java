package dev.chasqui.inference.app;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code chasqui.*} that only an inference service has, as they stand, not checked
 * yet.
 *
 * @param pool name of the pool
 * @param models the models of the pool
 * @param devices the devices, each with a worker: {@code cpu}, or {@code cuda:} and an index or a
 *     UUID (GPU-…, MIG-…)
 */
record InferenceProperties(
    @DefaultValue("default") String pool,
    @DefaultValue List<Model> models,
    @DefaultValue("cpu") List<String> devices) {

  /**
   * One model; what is empty takes the engine's usual value.
   *
   * @param name the name by which prompts ask for it
   * @param path checkpoint file or directory
   * @param backend {@code auto}, or the name of a backend; a GPU is opened by backend cuda in any
   *     case
   * @param threads compute threads of each device
   * @param contextLength most tokens of prompt and answer together
   * @param kvTokens tokens of all sequences together that the KV cache holds
   * @param kvType how keys and values are kept: {@code auto}, {@code f32}, {@code f16} or {@code
   *     int8}
   * @param gpuMemoryFraction share of a GPU's free memory that the model may take; where kvTokens
   *     is empty, the KV cache fills it
   * @param maxSequences sequences that run at once
   * @param prefillTokens prompt tokens of one step
   * @param chatTemplate name of a built-in chat template, or a file of one; empty takes the
   *     checkpoint's own
   * @param draftModel a smaller checkpoint of the same vocabulary, which guesses tokens for prompts
   *     that want it; empty takes none
   * @param adapters LoRA adapters of the model, by the names by which prompts ask for them: folders
   *     of PEFT or GGUF files
   */
  record Model(
      @DefaultValue("") String name,
      @DefaultValue("") String path,
      @DefaultValue("auto") String backend,
      @Nullable Integer threads,
      @Nullable Integer contextLength,
      @Nullable Integer kvTokens,
      @DefaultValue("auto") String kvType,
      @DefaultValue("0.9") double gpuMemoryFraction,
      @Nullable Integer maxSequences,
      @Nullable Integer prefillTokens,
      @DefaultValue("") String chatTemplate,
      @DefaultValue("") String draftModel,
      @DefaultValue Map<String, String> adapters) {}
}
