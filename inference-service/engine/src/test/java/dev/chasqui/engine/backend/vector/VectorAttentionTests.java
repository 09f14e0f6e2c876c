package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.AttentionContract;
import dev.chasqui.engine.backend.Kernels;

class VectorAttentionTests extends AttentionContract {

  @Override
  protected Kernels kernels() {
    return new VectorKernels(3);
  }
}
