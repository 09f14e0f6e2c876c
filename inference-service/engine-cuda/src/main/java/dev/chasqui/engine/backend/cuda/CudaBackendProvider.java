package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Announces backend {@code cuda}: kernels for NVIDIA GPUs from Ampere on. */
public final class CudaBackendProvider implements BackendProvider {

  private static final int RANK = 300;
  private static final LibraryFile.Loaded LOADED = LibraryFile.load(configuredLibrary());

  private final LibraryFile.Loaded loaded;
  private final DeviceChoice choice;

  /** Made by the service loader. */
  public CudaBackendProvider() {
    this(LOADED, new DeviceChoice.First());
  }

  CudaBackendProvider(LibraryFile.Loaded loaded, DeviceChoice choice) {
    this.loaded = loaded;
    this.choice = choice;
  }

  /**
   * The one setting that is not an option of the engine: a library is loaded once a process, before
   * anybody has options, and a service loader hands none over.
   */
  private static Optional<Path> configuredLibrary() {
    return LibraryFile.configured(System.getProperties(), System.getenv());
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public Availability availability() {
    return switch (Readiness.of(loaded, choice)) {
      case Readiness.Ready _ -> new Availability.Available();
      case Readiness.Unready(String reason) -> new Availability.Unavailable(reason);
    };
  }

  @Override
  public Optional<BackendProvider> onDevice(String device) {
    return Optional.of(new CudaBackendProvider(loaded, DeviceChoice.parse(device)));
  }

  @Override
  public Backend create(int threads) {
    return switch (Readiness.of(loaded, choice)) {
      case Readiness.Ready(DeviceLibrary library, CudaDevice device) ->
          new CudaBackend(library, device);
      case Readiness.Unready(String reason) ->
          throw new BackendUnavailableException("backend cuda is not available: " + reason);
    };
  }
}
