package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.AdapterContract;
import dev.chasqui.engine.model.GoldenModel;

class VectorAdapterTests extends AdapterContract {

  @Override
  protected Backend backend() {
    return new VectorBackendProvider().create(2);
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return model.tolerance();
  }
}
