package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.KvType;
import dev.chasqui.engine.model.SequenceContract;

/** With keys and values in int8. */
class NativeBytesSequenceTests extends SequenceContract {

  @Override
  protected Backend backend() {
    return Library.best(2);
  }

  @Override
  protected KvType kvType() {
    return KvType.INT8;
  }
}
