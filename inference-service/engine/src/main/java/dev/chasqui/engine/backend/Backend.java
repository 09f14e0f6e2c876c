package dev.chasqui.engine.backend;

import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
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
   * @param adapters what slices may ask for, by their place in this list; may be empty. Readable
   *     until the session is closed
   * @return a session; the caller closes it
   * @throws IllegalArgumentException if a weight is missing or of another shape than the program
   *     says, an adapter changes what the program does not multiply with, or the KV memory is
   *     larger than the backend can hold
   * @throws dev.chasqui.engine.api.BackendUnavailableException if there are adapters and this
   *     backend cannot compute them; its {@link BackendProvider#adapterAvailability} says so too.
   *     Or if it cannot keep keys and values as their type says
   */
  Session open(Program program, Map<String, Tensor> weights, KvShape kv, List<Adapter> adapters);

  /**
   * Returns how much KV memory to set aside for a program, where nobody says how much. A backend
   * whose device has memory of its own fills what is left of it.
   *
   * @param program what is going to be opened
   * @param weights the tensors that it names
   * @param room what is wanted
   * @return at least the least
   * @throws dev.chasqui.engine.api.BackendUnavailableException if weights and the least do not fit
   */
  default KvShape kvFor(Program program, Map<String, Tensor> weights, KvRoom room) {
    return room.usual();
  }

  /**
   * Prepares a program to run as it is.
   *
   * @param program what to compute
   * @param weights the tensors that the program names; readable until the session is closed
   * @param kv how much KV memory to set aside
   * @return a session; the caller closes it
   * @throws IllegalArgumentException if a weight is missing or of another shape than the program
   *     says, or the KV memory is larger than the backend can hold
   */
  default Session open(Program program, Map<String, Tensor> weights, KvShape kv) {
    return open(program, weights, kv, List.of());
  }
}
