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
      CheckpointException fault =
          bytes.fault(
              GgufHeader.PAIRS_OFFSET,
              "an impossible model: " + e.getMessage(),
              "sizes that fit each other");
      fault.initCause(e);
      throw fault;
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
      throw CheckpointException.at(
          path,
          other.split.place(),
          "part %d of %d".formatted(other.split.number() + 1, other.split.count()),
          "part %d of %d".formatted(number + 1, split.count()));
    }
    return other;
  }

  private void addTo(Map<String, Tensor> tensors) {
    ownTensors()
        .forEach((name, tensor) -> {
          if (tensors.put(name, tensor) != null) {
            throw CheckpointException.at(
                split.file(),
                header.tensors().get(name).entryOffset(),
                name + ", which an earlier part has already",
                "each tensor once");
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
      throw metadata.fault("general.alignment", "" + alignment, "a power of two");
    }
    return alignment;
  }
}
