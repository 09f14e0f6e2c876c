package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import dev.chasqui.engine.backend.MachineSpeed;
import dev.chasqui.engine.backend.nativecode.NativeLibrary.Loaded;
import java.util.List;
import java.util.Optional;

/** Announces backend {@code native}: C++ kernels for this CPU. */
public final class NativeBackendProvider implements BackendProvider {

  private static final int RANK = 200;

  /** Behind {@code vector}: the JVM knows CPUs that the library has no kernels for. */
  private static final int RANK_WITHOUT_KERNELS = 50;

  /** Made by the service loader. */
  public NativeBackendProvider() {}

  @Override
  public String name() {
    return "native";
  }

  @Override
  public int rank() {
    return switch (NativeLibrary.loaded()) {
      case Loaded.Usable(List<CpuVariant> variants) ->
          CpuVariant.best(variants) == CpuVariant.PORTABLE ? RANK_WITHOUT_KERNELS : RANK;
      case Loaded.Unusable _ -> RANK;
    };
  }

  @Override
  public Availability availability() {
    return switch (NativeLibrary.loaded()) {
      case Loaded.Usable _ -> new Availability.Available();
      case Loaded.Unusable(String reason) -> new Availability.Unavailable(reason);
    };
  }

  @Override
  public Optional<MachineSpeed> machineSpeed(int threads) {
    return switch (NativeLibrary.loaded()) {
      case Loaded.Usable(List<CpuVariant> variants) -> {
        double[] speed = NativeCalls.measure(CpuVariant.best(variants).code(), threads);
        yield Optional.of(new MachineSpeed(speed[0], speed[1]));
      }
      case Loaded.Unusable _ -> Optional.empty();
    };
  }

  @Override
  public Backend create(int threads) {
    return switch (NativeLibrary.loaded()) {
      case Loaded.Usable(List<CpuVariant> variants) ->
          new NativeBackend(name(), CpuVariant.best(variants), threads, NativeBackend.FINE);
      case Loaded.Unusable(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
