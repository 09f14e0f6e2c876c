package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.AttentionContract;
import dev.chasqui.engine.backend.Kernels;

class ScalarAttentionTests extends AttentionContract {

  @Override
  protected Kernels kernels() {
    return new ScalarKernels();
  }
}
