package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Kernels;
import dev.chasqui.engine.backend.KernelsContract;

class VectorKernelsTests extends KernelsContract {

  @Override
  protected Kernels kernels() {
    return new VectorKernels(3);
  }
}
