package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;

/**
 * Reads a LoRA adapter in GGUF as llama.cpp's {@code convert_lora_to_gguf.py} writes it: {@code
 * WEIGHT.lora_a} and {@code WEIGHT.lora_b}, rows of query and key changes in Meta's order.
 */
final class GgufAdapter {

  private static final String DOWN = ".lora_a";
  private static final String UP = ".lora_b";
  private static final String ALPHA = "adapter.lora.alpha";

  private final GgufBytes bytes;
  private final GgufMetadata metadata;
  private final GgufHeader header;

  private GgufAdapter(GgufBytes bytes) {
    this.bytes = bytes;
    this.header = GgufHeader.read(bytes);
    this.metadata = new GgufMetadata(bytes, header.metadata());
  }

  static AdapterCheckpoint.Contents read(GgufBytes bytes, WeightFiles files) {
    return new GgufAdapter(bytes).read(new ChangePairs(files));
  }

  private AdapterCheckpoint.Contents read(ChangePairs pairs) {
    expect("general.type", "adapter");
    expect("adapter.type", "lora");
    expect("general.architecture", "llama");
    tensors().forEach((name, tensor) -> put(pairs, name, tensor));
    return new AdapterCheckpoint.Contents(
        Rope.Pairing.INTERLEAVED, pairs.changes((name, rank) -> scale(rank)));
  }

  private Map<String, Tensor> tensors() {
    return GgufWeights.of(bytes, header, GgufCheckpoint.alignment(metadata));
  }

  private void put(ChangePairs pairs, String name, Tensor tensor) {
    if (name.startsWith("token_embd.")) {
      throw unknown(name);
    } else if (name.endsWith(DOWN)) {
      pairs.put(without(name, DOWN), ChangePairs.Half.DOWN, tensor);
    } else if (name.endsWith(UP)) {
      pairs.put(without(name, UP), ChangePairs.Half.UP, tensor);
    } else {
      throw unknown(name);
    }
  }

  private static String without(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }

  /** As llama.cpp does: an alpha of 0 stands for none. */
  private double scale(int rank) {
    double alpha = metadata.real(ALPHA).orElseThrow(() -> metadata.missing(ALPHA));
    return alpha == 0 ? 1 : alpha / rank;
  }

  private void expect(String key, String value) {
    String found = metadata.requiredText(key);
    if (!found.equals(value)) {
      throw metadata.fault(key, found, value);
    }
  }

  private CheckpointException unknown(String name) {
    return CheckpointException.at(
        bytes.file(),
        header.tensors().get(name).entryOffset(),
        name,
        "pairs of %s and %s of matrices that are multiplied with".formatted(DOWN, UP));
  }
}
