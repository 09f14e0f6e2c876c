package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;

/** Reads a GGUF file, versions 2 and 3. */
final class GgufCheckpoint {

  private static final int DEFAULT_ALIGNMENT = 32;

  private GgufCheckpoint() {}

  static Checkpoint read(GgufBytes bytes, WeightFiles files) {
    try {
      return parse(bytes, files);
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(
          "%s describes an impossible model: %s".formatted(bytes.file(), e.getMessage()), e);
    }
  }

  private static Checkpoint parse(GgufBytes bytes, WeightFiles files) {
    GgufHeader header = GgufHeader.read(bytes);
    GgufMetadata metadata = new GgufMetadata(bytes, header.metadata());
    Map<String, Tensor> tensors = GgufWeights.of(bytes, header, alignment(metadata));
    Vocabulary vocabulary = GgufVocabulary.of(metadata);
    ModelConfig config = GgufConfig.of(metadata, tensors, vocabulary.size());
    CheckpointText text =
        new CheckpointText(vocabulary, metadata.text("tokenizer.chat_template"), TokenIds.empty());
    return new Checkpoint(config, tensors, text, files);
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
