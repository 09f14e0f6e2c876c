package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.AdapterCheckpoint.Change;
import dev.chasqui.engine.tensor.Tensor;
import java.nio.file.Path;
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

  private final Path file;
  private final Map<String, Tensor> down = new HashMap<>();
  private final Map<String, Tensor> up = new HashMap<>();

  ChangePairs(Path file) {
    this.file = file;
  }

  /** Takes a matrix of the change of one weight. */
  void put(String name, Half half, Tensor tensor) {
    if (tensor.shape().length != 2) {
      throw fault("%s has %d dimensions, expected 2", tensor.name(), tensor.shape().length);
    }
    if ((half == Half.DOWN ? down : up).put(name, tensor) != null) {
      throw fault("%s stands there twice, expected one change of %s", tensor.name(), name);
    }
  }

  /** Returns the changes by canonical name of the weight. */
  Map<String, Change> changes(Scale scale) {
    Map<String, Change> changes = new TreeMap<>();
    down.forEach((name, a) -> changes.put(name, change(name, a, scale)));
    up.forEach((name, b) -> {
      if (!down.containsKey(name)) {
        throw fault("%s stands alone, expected lora_A beside it", b.name());
      }
    });
    if (changes.isEmpty()) {
      throw fault("it holds no LoRA matrix: it would change nothing");
    }
    return changes;
  }

  private Change change(String name, Tensor a, Scale scale) {
    Tensor b = up.get(name);
    if (b == null) {
      throw fault("%s stands alone, expected lora_B beside it", a.name());
    }
    int rank = a.rows();
    if (b.columns() != rank) {
      throw fault("%s has rank %d, %s has %d", a.name(), rank, b.name(), b.columns());
    }
    float factor = (float) scale.of(name, rank);
    if (!Float.isFinite(factor)) {
      throw fault("the scale of %s is %s, expected a finite number", name, factor);
    }
    return new Change(a, b, factor);
  }

  private CheckpointException fault(String message, Object... values) {
    return new CheckpointException(file + ": " + message.formatted(values));
  }
}
