package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import dev.chasqui.engine.backend.InterpretedBackend;

/**
 * Announces backend {@code vector}: the Java Vector API on all cores. It needs no compiler, only
 * the JVM's incubator module; while that is missing, no class that needs it is loaded.
 */
public final class VectorBackendProvider implements BackendProvider {

  private static final String MODULE = "jdk.incubator.vector";
  private static final int RANK = 100;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public Availability availability() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new Availability.Unavailable(
          "the JVM was started without module %s: add --add-modules %s to its options"
              .formatted(MODULE, MODULE));
    }
    return new Availability.Available();
  }

  @Override
  public Backend create(int threads) {
    return new InterpretedBackend(name(), () -> new VectorKernels(threads));
  }
}
