package dev.chasqui.engine.model;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Weight;
import dev.chasqui.engine.checkpoint.AdapterCheckpoint;
import dev.chasqui.engine.checkpoint.ModelConfig;
import dev.chasqui.engine.checkpoint.Rope;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds adapters against a model and puts them into the terms of its program. */
final class AdapterFit {

  private static final String OUTPUT = "output.weight";

  private final ModelConfig config;
  private final Map<String, Weight> multiplied = new HashMap<>();

  AdapterFit(ModelConfig config, LlamaTensors tensors, Program program) {
    this.config = config;
    for (Op op : program.ops()) {
      if (op instanceof Op.Project project) {
        project.projections().forEach(p -> multiplied.put(p.weight().name(), p.weight()));
      }
    }
    if (multiplied.containsKey(tensors.output().name())) {
      multiplied.put(OUTPUT, tensors.output());
    }
  }

  /**
   * Returns an adapter as the backend takes it.
   *
   * @param adapter what its files say
   * @return the same for the weights of the program
   * @throws CheckpointException with every change that does not fit
   */
  Adapter fit(AdapterCheckpoint adapter) {
    Map<String, LowRank> changes = new HashMap<>();
    List<String> faults = new ArrayList<>();
    new TreeMap<>(adapter.changes())
        .forEach((name, change) -> {
          Optional<String> fault = fault(name, change);
          if (fault.isPresent()) {
            faults.add(fault.get());
          } else {
            changes.put(multiplied.get(name).name(), lowRank(name, change, adapter.pairing()));
          }
        });
    if (!faults.isEmpty()) {
      throw new CheckpointException(
          "%s: found an adapter that does not fit %s: %s, expected one of this base model"
              .formatted(adapter.place(), config.name(), String.join("; ", faults)));
    }
    return new Adapter(adapter.path().toString(), changes);
  }

  private Optional<String> fault(String name, AdapterCheckpoint.Change change) {
    Weight weight = multiplied.get(name);
    if (weight == null) {
      return Optional.of("it changes %s, which the model does not multiply with".formatted(name));
    }
    int outputs = change.up().rows();
    int inputs = change.down().columns();
    return outputs == weight.rows() && inputs == weight.columns()
        ? Optional.empty()
        : Optional.of(
            "its change of %s is [%d, %d], the weight is [%d, %d]"
                .formatted(name, outputs, inputs, weight.rows(), weight.columns()));
  }

  private LowRank lowRank(String name, AdapterCheckpoint.Change change, Rope.Pairing pairing) {
    Tensor up = change.up();
    if (pairing != config.rope().pairing()) {
      if (name.endsWith(".attn_q.weight")) {
        up = reordered(up, config.heads());
      } else if (name.endsWith(".attn_k.weight")) {
        up = reordered(up, config.kvHeads());
      }
    }
    return new LowRank(change.down(), up, change.scale());
  }

  /**
   * Brings the rows of every head into the order of the model: row 2i + j of a head in Meta's order
   * is row i + j * headSize / 2 in Hugging Face's (llama.cpp's {@code LlamaModel.permute}).
   */
  private Tensor reordered(Tensor up, int heads) {
    int headSize = config.headSize();
    int half = headSize / 2;
    boolean toInterleaved = config.rope().pairing() == Rope.Pairing.INTERLEAVED;
    MemorySegment rows = MemorySegment.ofArray(new byte[Math.toIntExact(up.bytes().byteSize())]);
    long rowBytes = up.rowBytes();
    for (int head = 0; head < heads; head++) {
      for (int row = 0; row < headSize; row++) {
        int halves = row % 2 * half + row / 2;
        int from = head * headSize + (toInterleaved ? halves : row);
        int to = head * headSize + (toInterleaved ? row : halves);
        MemorySegment.copy(up.bytes(), from * rowBytes, rows, to * rowBytes, rowBytes);
      }
    }
    return new Tensor(up.name(), up.dtype(), up.shape(), rows);
  }
}
