package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Kernels;
import dev.chasqui.engine.backend.KernelsContract;
import dev.chasqui.engine.tensor.Dtype;
import java.util.List;

class VectorKernelsTests extends KernelsContract {

  @Override
  protected Kernels kernels() {
    return new VectorKernels(3);
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
