package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.tensor.Tensor;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the bytes of each tensor of a GGUF file: aligned, within the file, apart from each other.
 */
final class GgufWeights {

  private final GgufBytes file;
  private final long start;
  private final long alignment;

  private GgufWeights(GgufBytes file, long start, long alignment) {
    this.file = file;
    this.start = start;
    this.alignment = alignment;
  }

  static Map<String, Tensor> of(GgufBytes file, GgufHeader header, int alignment) {
    long start = Math.ceilDiv(header.end(), alignment) * (long) alignment;
    GgufWeights weights = new GgufWeights(file, start, alignment);
    Map<String, Tensor> tensors = new HashMap<>();
    header.tensors().forEach((name, entry) -> tensors.put(name, weights.tensor(entry)));
    weights.checkApart(List.copyOf(header.tensors().values()));
    return tensors;
  }

  private Tensor tensor(GgufTensor entry) {
    long bytes = entry.bytes(file);
    long room = file.size() - start;
    if (entry.position() < 0 || entry.position() > room - bytes) {
      throw file.fault(
          entry.entryOffset(),
          "%s at %s, %d bytes long"
              .formatted(entry.name(), Long.toUnsignedString(entry.position()), bytes),
          "it to lie within the %d bytes of weights".formatted(Math.max(room, 0)));
    }
    if (entry.position() % alignment != 0) {
      throw file.fault(
          entry.entryOffset(),
          "%s at %d".formatted(entry.name(), entry.position()),
          "a multiple of the alignment " + alignment);
    }
    return new Tensor(
        entry.name(),
        entry.dtype(file),
        entry.shape(),
        file.bytes().asSlice(start + entry.position(), bytes));
  }

  private void checkApart(List<GgufTensor> entries) {
    List<GgufTensor> sorted =
        entries.stream().sorted(Comparator.comparingLong(GgufTensor::position)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      GgufTensor before = sorted.get(i - 1);
      GgufTensor entry = sorted.get(i);
      if (before.position() + before.bytes(file) > entry.position()) {
        throw file.fault(
            entry.entryOffset(),
            "%s at %d, which is part of %s"
                .formatted(entry.name(), entry.position(), before.name()),
            "tensors that do not overlap");
      }
    }
  }
}
