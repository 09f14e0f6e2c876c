package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.AdapterContract;
import dev.chasqui.engine.model.GoldenModel;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
    value = "dev.chasqui.engine.backend.cuda.Device#isWorthLongTests",
    disabledReason = "the emulated device takes minutes: -Dchasqui.cuda.all=true runs it")
class CudaAdapterGoldenTests extends AdapterContract {

  @Override
  protected Backend backend() {
    return Device.backend();
  }

  @Override
  protected float tolerance(GoldenModel model) {
    return Tolerance.of(model);
  }
}
