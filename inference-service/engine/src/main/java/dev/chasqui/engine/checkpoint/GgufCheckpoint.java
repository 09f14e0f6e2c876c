package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads a GGUF file, versions 2 and 3, whole or split. */
final class GgufCheckpoint {

  private static final int DEFAULT_ALIGNMENT = 32;

  private final GgufMetadata metadata;
  private final GgufHeader header;
  private final GgufSplit split;

  private GgufCheckpoint(GgufBytes bytes) {
    this.header = GgufHeader.read(bytes);
    this.metadata = new GgufMetadata(bytes, header.metadata());
    this.split = GgufSplit.of(metadata);
  }

  /**
   * Reads a model.
   *
   * @param bytes the file, or any part of one that was split
   * @param files maps the other parts
   * @return the model
   * @throws CheckpointException if it is damaged or of another architecture
   */
  static Checkpoint read(GgufBytes bytes, WeightFiles files) {
    try {
      GgufCheckpoint part = new GgufCheckpoint(bytes);
      GgufCheckpoint first = part.split.number() == 0 ? part : part.other(0, files);
      return first.read(files);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          "%s describes an impossible model: %s".formatted(bytes.file(), e.getMessage()), e);
    }
  }

  private Checkpoint read(WeightFiles files) {
    Map<String, Tensor> tensors = new HashMap<>(ownTensors());
    for (int number = 1; number < split.count(); number++) {
      other(number, files).addTo(tensors);
    }
    Vocabulary vocabulary = GgufVocabulary.of(metadata);
    ModelConfig config = GgufConfig.of(metadata, tensors, vocabulary.size());
    CheckpointText text =
        new CheckpointText(vocabulary, metadata.text("tokenizer.chat_template"), TokenIds.empty());
    return new Checkpoint(config, tensors, text, files);
  }

  private GgufCheckpoint other(int number, WeightFiles files) {
    Path path = split.part(number);
    GgufCheckpoint other = new GgufCheckpoint(new GgufBytes(path, files.map(path)));
    if (other.split.number() != number || other.split.count() != split.count()) {
      throw new CheckpointException(
          "%s says it is part %d of %d, expected part %d of %d"
              .formatted(
                  path, other.split.number() + 1, other.split.count(), number + 1, split.count()));
    }
    return other;
  }

  private void addTo(Map<String, Tensor> tensors) {
    ownTensors()
        .forEach((name, tensor) -> {
          if (tensors.put(name, tensor) != null) {
            throw new CheckpointException(
                "%s has %s, which an earlier part has already: expected each tensor once"
                    .formatted(split.file(), name));
          }
        });
  }

  private Map<String, Tensor> ownTensors() {
    return header.tensors().isEmpty()
        ? Map.of()
        : GgufWeights.of(metadata.file(), header, alignment(metadata));
  }

  static int alignment(GgufMetadata metadata) {
    int alignment = metadata.integer("general.alignment").orElse(DEFAULT_ALIGNMENT);
    if (Integer.bitCount(alignment) != 1) {
      throw new CheckpointException(
          "%s: general.alignment is %d, expected a power of two"
              .formatted(metadata.file().file(), alignment));
    }
    return alignment;
  }
}
