package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.AdapterCheckpoint.Change;
import dev.chasqui.engine.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Puts the two matrices of each change together as a file lists them, in any order. */
final class ChangePairs {

  /** Which of the two a matrix is. */
  enum Half {
    DOWN,
    UP
  }

  /** The factor of a change. */
  @FunctionalInterface
  interface Scale {

    /**
     * Returns the factor.
     *
     * @param name canonical name of the weight
     * @param rank values between the two products
     */
    double of(String name, int rank);
  }

  private final WeightFiles files;
  private final Map<String, Tensor> down = new HashMap<>();
  private final Map<String, Tensor> up = new HashMap<>();

  ChangePairs(WeightFiles files) {
    this.files = files;
  }

  /** Takes a matrix of the change of one weight. */
  void put(String name, Half half, Tensor tensor) {
    if (tensor.shape().length != 2) {
      throw fault(tensor, "of %d dimensions".formatted(tensor.shape().length), "2");
    }
    if ((half == Half.DOWN ? down : up).put(name, tensor) != null) {
      throw fault(tensor, "a second time", "one change of " + name);
    }
  }

  /** Returns the changes by canonical name of the weight. */
  Map<String, Change> changes(Scale scale) {
    Map<String, Change> changes = new TreeMap<>();
    down.forEach((name, a) -> changes.put(name, change(name, a, scale)));
    up.forEach((name, b) -> {
      if (!down.containsKey(name)) {
        throw fault(b, "alone", "lora_A beside it");
      }
    });
    if (changes.isEmpty()) {
      throw new CheckpointException(
          files.place() + ": found no LoRA matrix, expected some: it would change nothing");
    }
    return changes;
  }

  private Change change(String name, Tensor a, Scale scale) {
    Tensor b = up.get(name);
    if (b == null) {
      throw fault(a, "alone", "lora_B beside it");
    }
    int rank = a.rows();
    if (b.columns() != rank) {
      throw fault(a, "of rank " + rank, "the rank %d of %s".formatted(b.columns(), b.name()));
    }
    float factor = (float) scale.of(name, rank);
    if (!Float.isFinite(factor)) {
      throw fault(a, "whose scale is " + factor, "a finite number");
    }
    return new Change(a, b, factor);
  }

  private CheckpointException fault(Tensor tensor, String found, String expected) {
    return new CheckpointException(
        "%s: found %s %s, expected %s"
            .formatted(files.place(tensor), tensor.name(), found, expected));
  }
}
