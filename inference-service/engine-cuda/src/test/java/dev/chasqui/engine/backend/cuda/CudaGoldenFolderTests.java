package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.runtime.GoldenFolderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.chasqui.engine.backend.cuda.Device#isWorthLongTests",
    disabledReason = "the emulated device takes minutes: -Dchasqui.cuda.all=true runs it")
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
