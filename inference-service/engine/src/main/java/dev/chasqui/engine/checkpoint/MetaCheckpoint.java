package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a checkpoint as Meta publishes it: {@code params.json}, {@code consolidated.NN.pth}, and
 * {@code tokenizer.model} in the same folder or the one above.
 */
final class MetaCheckpoint {

  static final String PARAMETERS = "params.json";

  private final Path folder;
  private final JsonFields parameters;

  private MetaCheckpoint(Path folder) {
    this.folder = folder;
    this.parameters = JsonFields.read(folder.resolve(PARAMETERS));
  }

  static Checkpoint read(Path folder, WeightFiles files) {
    MetaCheckpoint checkpoint = new MetaCheckpoint(folder.toAbsolutePath());
    try {
      return checkpoint.read(files);
    } catch (IllegalArgumentException e) {
      throw checkpoint.parameters.impossible(e);
    }
  }

  private Checkpoint read(WeightFiles files) {
    int hiddenSize = parameters.requiredInteger("dim");
    Map<String, Tensor> tensors = new MetaShards(folder, hiddenSize, files).read();
    ModelConfig config = MetaConfig.of(parameters, tensors);
    Vocabulary vocabulary = VocabularyFiles.open(tokenizer()).ofSize(config.vocabularySize());
    return new Checkpoint(
        config, tensors, new CheckpointText(vocabulary, Optional.empty(), TokenIds.empty()), files);
  }

  private Path tokenizer() {
    Path above = folder.getParent();
    boolean isAbove =
        !VocabularyFiles.areAt(folder)
            && above != null
            && Files.isRegularFile(above.resolve("tokenizer.model"));
    return isAbove ? above.resolve("tokenizer.model") : folder;
  }
}
