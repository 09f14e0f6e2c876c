package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.SequenceContract;

class ScalarSequenceTests extends SequenceContract {

  @Override
  protected Backend backend() {
    return new ScalarBackendProvider().create(1);
  }
}
