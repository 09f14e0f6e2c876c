package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.GoldenContract;
import dev.chasqui.engine.model.GoldenModel;

class VectorGoldenTests extends GoldenContract {

  @Override
  protected Backend backend() {
    return new VectorBackendProvider().create(3);
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return model.tolerance();
  }
}
