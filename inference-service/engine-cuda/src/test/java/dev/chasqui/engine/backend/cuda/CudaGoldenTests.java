package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.GoldenContract;
import dev.chasqui.engine.model.GoldenModel;

class CudaGoldenTests extends GoldenContract {

  @Override
  protected Backend backend() {
    return Device.backend();
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return Tolerance.of(model);
  }
}
