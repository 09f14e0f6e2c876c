package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Kernels;
import dev.chasqui.engine.backend.KernelsContract;

class ScalarKernelsTests extends KernelsContract {

  @Override
  protected Kernels kernels() {
    return new ScalarKernels();
  }
}
