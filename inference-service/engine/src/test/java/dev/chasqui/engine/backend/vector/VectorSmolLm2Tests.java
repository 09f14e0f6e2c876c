package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.SmolLm2Contract;

class VectorSmolLm2Tests extends SmolLm2Contract {

  @Override
  protected Backend backend() {
    return new VectorBackendProvider().create(3);
  }

  @Override
  protected float tolerance() {
    return 2e-3f;
  }
}
