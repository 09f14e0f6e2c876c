package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.AdapterContract;
import dev.chasqui.engine.model.GoldenModel;

class CudaAdapterGoldenTests extends AdapterContract {

  @Override
  protected Backend backend() {
    return Device.backend();
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return Tolerance.of(model);
  }
}
