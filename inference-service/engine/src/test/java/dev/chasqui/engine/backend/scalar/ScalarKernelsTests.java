package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Kernels;
import dev.chasqui.engine.backend.KernelsContract;
import dev.chasqui.engine.tensor.Dtype;
import java.util.List;

class ScalarKernelsTests extends KernelsContract {

  @Override
  protected Kernels kernels() {
    return new ScalarKernels();
  }

  @Override
  protected List<Dtype> dtypes() {
    return List.of(
        Dtype.F32,
        Dtype.F16,
        Dtype.BF16,
        Dtype.Q8_0,
        Dtype.Q4_0,
        Dtype.Q4_1,
        Dtype.Q5_0,
        Dtype.Q5_1);
  }
}
