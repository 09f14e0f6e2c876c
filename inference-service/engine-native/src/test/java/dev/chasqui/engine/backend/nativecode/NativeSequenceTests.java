package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.SequenceContract;

class NativeSequenceTests extends SequenceContract {

  @Override
  protected Backend backend() {
    return Library.best(3);
  }
}
