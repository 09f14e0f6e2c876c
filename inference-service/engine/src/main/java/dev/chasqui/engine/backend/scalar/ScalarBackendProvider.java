package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import dev.chasqui.engine.backend.InterpretedBackend;

/** Announces the backend {@code scalar}: always there, never preferred. */
public final class ScalarBackendProvider implements BackendProvider {

  /** Made by the service loader. */
  public ScalarBackendProvider() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability availability() {
    return new Availability.Available();
  }

  @Override
  public Backend create(int threads) {
    return new InterpretedBackend(name(), ScalarKernels::new);
  }
}
