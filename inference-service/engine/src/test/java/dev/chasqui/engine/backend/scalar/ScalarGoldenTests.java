package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.GoldenContract;
import dev.chasqui.engine.model.GoldenModel;

class ScalarGoldenTests extends GoldenContract {

  @Override
  protected Backend backend() {
    return new ScalarBackendProvider().create(1);
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return model.tolerance();
  }
}
