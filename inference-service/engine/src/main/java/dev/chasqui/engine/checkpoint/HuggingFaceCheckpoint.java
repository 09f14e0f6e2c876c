package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads a folder as {@code save_pretrained} of transformers writes it: {@code config.json}, weights
 * in safetensors files, and the tokenizer beside them.
 */
final class HuggingFaceCheckpoint {

  static final String CONFIG = "config.json";

  private final Path folder;
  private final JsonFields config;

  private HuggingFaceCheckpoint(Path folder) {
    this.folder = folder;
    this.config = JsonFields.read(folder.resolve(CONFIG));
  }

  static Checkpoint read(Path folder, WeightFiles files) {
    HuggingFaceCheckpoint checkpoint = new HuggingFaceCheckpoint(folder);
    try {
      return checkpoint.read(files);
    } catch (IllegalArgumentException e) {
      throw checkpoint.config.impossible(e);
    }
  }

  private Checkpoint read(WeightFiles files) {
    Map<String, Tensor> tensors = tensors(files);
    ModelConfig model = HuggingFaceConfig.of(config, tensors);
    Vocabulary vocabulary = VocabularyFiles.open(folder).ofSize(model.vocabularySize());
    CheckpointText text =
        new CheckpointText(
            vocabulary, ChatTemplateFiles.in(folder), endTokens(model.vocabularySize()));
    return new Checkpoint(model, tensors, text, files);
  }

  private Map<String, Tensor> tensors(WeightFiles files) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Path file : SafetensorsShards.in(folder)) {
      SafetensorsFile.read(file, files.map(file))
          .forEach((name, tensor) ->
              HuggingFaceNames.canonical(name)
                  .ifPresent(canonical -> put(tensors, canonical, tensor, files)));
    }
    return tensors;
  }

  private static void put(
      Map<String, Tensor> tensors, String name, Tensor tensor, WeightFiles files) {
    Tensor renamed = new Tensor(name, tensor.dtype(), tensor.shape(), tensor.bytes());
    if (tensors.put(name, renamed) != null) {
      throw new CheckpointException(
          "%s: found %s, which the model has already, expected each tensor once"
              .formatted(files.place(tensor), tensor.name()));
    }
  }

  /** The generation config goes first: fine-tuned chat models name the end of a turn only there. */
  private TokenIds endTokens(int vocabularySize) {
    Path generation = folder.resolve("generation_config.json");
    Optional<Json> named =
        Files.isRegularFile(generation)
            ? Optional.of(JsonFile.read(generation).get("eos_token_id"))
            : Optional.empty();
    Json ids =
        named.filter(json -> !json.isNothing()).orElseGet(() -> config.json().get("eos_token_id"));
    List<Json> list = ids instanceof Json.Elements elements ? elements.list() : List.of(ids);
    return TokenIds.of(
        list.stream()
            .flatMapToInt(HuggingFaceCheckpoint::id)
            .filter(id -> id < vocabularySize)
            .toArray());
  }

  private static IntStream id(Json json) {
    return json instanceof Json.Number(double value, _)
            && value >= 0
            && value <= Integer.MAX_VALUE
            && value == Math.rint(value)
        ? IntStream.of((int) value)
        : IntStream.empty();
  }
}
