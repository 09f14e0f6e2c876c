package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the weight files of a Hugging Face folder. */
final class SafetensorsShards {

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private SafetensorsShards() {}

  /**
   * Returns the single file, or the shards that the index names, sorted.
   *
   * @throws CheckpointException if there is neither, a shard is missing, or lies outside the folder
   */
  static List<Path> in(Path folder) {
    if (Files.isRegularFile(folder.resolve(SINGLE))) {
      return List.of(folder.resolve(SINGLE));
    }
    Path index = folder.resolve(INDEX);
    if (!Files.isRegularFile(index)) {
      throw new CheckpointException(
          "%s has neither %s nor %s: expected weights in one of them. PyTorch's .bin files are not read; save the model as safetensors."
              .formatted(folder, SINGLE, INDEX));
    }
    return shards(folder, index);
  }

  private static List<Path> shards(Path folder, Path index) {
    JsonFields fields = JsonFields.read(index);
    if (!(fields.json().get("weight_map") instanceof Json.Members map) || map.byName().isEmpty()) {
      throw fields.fault("weight_map", "file names by tensor");
    }
    return map.byName().values().stream()
        .map(name -> shard(folder, index, name))
        .distinct()
        .sorted()
        .toList();
  }

  private static Path shard(Path folder, Path index, Json json) {
    String name = json.text().orElse("");
    if (!name.matches("[\\w.-]+\\.safetensors") || !Files.isRegularFile(folder.resolve(name))) {
      throw CheckpointException.at(
          index,
          json.at(),
          "a weight_map that names " + json.shown(),
          "a safetensors file in the same folder");
    }
    return folder.resolve(name);
  }
}
