package dev.chasqui.engine.backend.cuda;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider.Availability;

/**
 * The device of these tests: the emulated one, or, where chasqui.cuda.library names the real
 * library, a GPU. Tests are skipped where there is neither.
 */
final class Device {

  private Device() {}

  static Backend backend() {
    CudaBackendProvider provider = new CudaBackendProvider();
    Availability availability = provider.availability();
    assumeThat(availability)
        .as("backend cuda: %s", availability)
        .isInstanceOf(Availability.Available.class);
    return provider.create(1);
  }

  /**
   * Returns whether tests of whole models are worth their time: the emulated device takes minutes
   * for them, and runs them only where {@code -Dchasqui.cuda.all=true} asks for it.
   */
  static boolean isWorthLongTests() {
    CudaBackendProvider provider = new CudaBackendProvider();
    if (!(provider.availability() instanceof Availability.Available)) {
      return false;
    }
    boolean emulated =
        provider.create(1) instanceof CudaBackend cuda && cuda.device().name().contains("emulated");
    return !emulated || Boolean.getBoolean("chasqui.cuda.all");
  }
}
