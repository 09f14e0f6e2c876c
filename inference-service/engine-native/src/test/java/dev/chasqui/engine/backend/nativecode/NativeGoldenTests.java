package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.GoldenContract;
import dev.chasqui.engine.model.GoldenModel;

class NativeGoldenTests extends GoldenContract {

  @Override
  protected Backend backend() {
    return Library.best(3);
  }

  /** No further off than llama.cpp, which rounds activations to int8 too. */
  @Override
  protected float tolerance(GoldenModel model) {
    return Math.max(1e-3f, model.llamaCppDeviation());
  }
}
