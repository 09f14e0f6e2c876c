package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.runtime.GoldenFolderContract;
import org.junit.jupiter.api.BeforeEach;

class CudaGoldenFolderTests extends GoldenFolderContract {

  @BeforeEach
  void needDevice() {
    Device.backend();
  }

  @Override
  protected String backend() {
    return "cuda";
  }
}
