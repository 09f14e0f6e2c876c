package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.runtime.GoldenFolderContract;

class VectorGoldenFolderTests extends GoldenFolderContract {

  @Override
  protected String backend() {
    return "vector";
  }
}
