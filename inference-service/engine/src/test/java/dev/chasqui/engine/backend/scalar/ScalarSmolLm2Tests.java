package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.SmolLm2Contract;

class ScalarSmolLm2Tests extends SmolLm2Contract {

  @Override
  protected Backend backend() {
    return new ScalarBackendProvider().create(1);
  }

  @Override
  protected float tolerance() {
    return 2e-3f;
  }
}
