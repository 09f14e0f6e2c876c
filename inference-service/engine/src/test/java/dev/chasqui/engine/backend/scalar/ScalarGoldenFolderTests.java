package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.runtime.GoldenFolderContract;

class ScalarGoldenFolderTests extends GoldenFolderContract {

  @Override
  protected String backend() {
    return "scalar";
  }
}
