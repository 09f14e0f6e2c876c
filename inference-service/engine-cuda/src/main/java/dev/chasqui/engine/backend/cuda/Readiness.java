package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.cuda.DeviceLibrary.Found;
import java.util.List;

/** Whether a library, a driver and a device fit together. */
sealed interface Readiness {

  /**
   * They do.
   *
   * @param library the functions
   * @param device where to compute
   */
  record Ready(DeviceLibrary library, CudaDevice device) implements Readiness {}

  /**
   * They do not.
   *
   * @param reason what is wrong and what to do
   */
  record Unready(String reason) implements Readiness {}

  /**
   * Looks at what was loaded and at what it finds.
   *
   * @param loaded the library
   * @param choice which device is wanted
   */
  static Readiness of(LibraryFile.Loaded loaded, DeviceChoice choice) {
    return switch (loaded) {
      case LibraryFile.Loaded.Unusable(String reason) -> new Unready(reason);
      case LibraryFile.Loaded.Usable(DeviceLibrary library) -> {
        try {
          yield of(library, library.find(), choice);
        } catch (RuntimeException e) {
          yield new Unready(
              "the driver does not answer (%s): look at what nvidia-smi says"
                  .formatted(e.getMessage()));
        }
      }
    };
  }

  private static Readiness of(DeviceLibrary library, Found found, DeviceChoice choice) {
    if (found.driverVersion() == 0) {
      return new Unready(
          "no NVIDIA driver is installed: install one that runs CUDA %s, or mount the host's into the container"
              .formatted(version(found.runtimeVersion())));
    }
    if (!found.hasFittingDriver()) {
      return new Unready(
          "the NVIDIA driver runs CUDA %s, the library was built with CUDA %s: update the driver, or build the library with an older CUDA"
              .formatted(version(found.driverVersion()), version(found.runtimeVersion())));
    }
    if (found.devices().isEmpty()) {
      return new Unready(
          "the driver shows no GPU: check nvidia-smi -L, CUDA_VISIBLE_DEVICES and the container's"
              + " devices");
    }
    return choice
        .among(found.devices())
        .map(device -> of(library, device))
        .orElseGet(() -> new Unready(notThere(choice, found.devices())));
  }

  private static Readiness of(DeviceLibrary library, CudaDevice device) {
    return device.isCovered()
        ? new Ready(library, device)
        : new Unready(
            "%s is too old: the kernels need compute capability 8.0 (Ampere) or later. Take another device or another backend"
                .formatted(device));
  }

  private static String notThere(DeviceChoice choice, List<CudaDevice> devices) {
    return "there is no %s: the driver shows %s".formatted(choice, devices);
  }

  private static String version(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}
