package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.AdapterContract;
import dev.chasqui.engine.model.GoldenModel;

class NativeAdapterGoldenTests extends AdapterContract {

  @Override
  protected Backend backend() {
    return Library.best(3);
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return 1e-3f;
  }
}
