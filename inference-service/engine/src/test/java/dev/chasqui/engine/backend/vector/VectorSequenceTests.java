package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.SequenceContract;

class VectorSequenceTests extends SequenceContract {

  @Override
  protected Backend backend() {
    return new VectorBackendProvider().create(3);
  }
}
