package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.AdapterContract;
import dev.chasqui.engine.model.GoldenModel;

class ScalarAdapterTests extends AdapterContract {

  @Override
  protected Backend backend() {
    return new ScalarBackendProvider().create(2);
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return model.tolerance();
  }
}
