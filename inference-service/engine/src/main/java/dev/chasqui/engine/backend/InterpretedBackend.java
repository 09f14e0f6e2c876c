package dev.chasqui.engine.backend;

import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A backend that runs the ops of a program one after the other on {@link Kernels}.
 *
 * @param name the name by which it is chosen
 * @param kernels makes the kernels of one session, which closes them
 */
public record InterpretedBackend(String name, Supplier<Kernels> kernels) implements Backend {

  @Override
  public Session open(
      Program program, Map<String, Tensor> weights, KvShape kv, List<Adapter> adapters) {
    kv.checkType(name, Set.of(KvType.F32));
    return InterpretedSession.open(program, new BoundWeights(weights, adapters), kv, kernels.get());
  }
}
