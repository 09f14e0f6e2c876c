package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.model.SequenceContract;

class CudaSequenceTests extends SequenceContract {

  @Override
  protected Backend backend() {
    return Device.backend();
  }

  /** Another number of rows takes another kernel: activations are rounded to bfloat16 elsewhere. */
  @Override
  protected void assertSame(float[] actual, float[] expected) {
    assertThat(actual).containsExactly(expected, within(Tolerance.OF_BF16));
  }
}
