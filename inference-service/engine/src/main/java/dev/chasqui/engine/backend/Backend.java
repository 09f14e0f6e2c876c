package dev.chasqui.engine.backend;

import dev.chasqui.engine.tensor.Tensor;
import java.util.Map;

/** A way to compute programs. Holds no state of its own: sessions do. */
public interface Backend {

  /** Returns the name by which it is chosen, for example {@code vector}. */
  String name();

  /**
   * Prepares a program to run.
   *
   * @param program what to compute
   * @param weights the tensors that the program names; readable until the session is closed
   * @param kv how much KV memory to set aside
   * @return a session; the caller closes it
   * @throws IllegalArgumentException if a weight is missing or of another shape than the program
   *     says, or the KV memory is larger than the backend can hold
   */
  Session open(Program program, Map<String, Tensor> weights, KvShape kv);
}
