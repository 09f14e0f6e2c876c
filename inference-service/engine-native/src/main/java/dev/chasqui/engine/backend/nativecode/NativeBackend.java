package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Runs programs in the library.
 *
 * @param name the name by which it is chosen
 * @param variant which kernels
 * @param threads most threads that compute, at least 1
 * @param activationBits 8 or 15: how finely activations are rounded where they meet quantised
 *     weights
 */
record NativeBackend(String name, CpuVariant variant, int threads, int activationBits)
    implements Backend {

  /** Near float32. */
  static final int FINE = 15;

  /** As llama.cpp: products of many rows are nearly twice as fast. */
  static final int COARSE = 8;

  @Override
  public Session open(
      Program program, Map<String, Tensor> weights, KvShape kv, List<Adapter> adapters) {
    return NativeSession.open(this, program, new BoundWeights(weights, adapters), kv);
  }
}
