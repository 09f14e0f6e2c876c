package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.api.BackendUnavailableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which device a session is bound to: what stands behind the colon of {@code cuda:1}. */
sealed interface DeviceChoice {

  /** The first one that the kernels can run on. */
  record First() implements DeviceChoice {
    @Override
    public String toString() {
      return "device of compute capability 8.0 or later";
    }
  }

  /**
   * By its place in the driver's list.
   *
   * @param index from 0
   */
  record ByIndex(int index) implements DeviceChoice {
    @Override
    public String toString() {
      return "device " + index;
    }
  }

  /**
   * By the name that does not change when another device is added or lost.
   *
   * @param start {@code GPU-…} or {@code MIG-…}, or enough of its beginning
   */
  record ByUuid(String start) implements DeviceChoice {
    @Override
    public String toString() {
      return "device " + start;
    }
  }

  /**
   * Reads a choice.
   *
   * @param text an index, or a UUID as {@code nvidia-smi -L} shows it
   * @throws BackendUnavailableException if it is neither
   */
  static DeviceChoice parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.startsWith("GPU-") || upper.startsWith("MIG-")) {
      return new ByUuid(text);
    }
    if (text.matches("\\d{1,4}")) {
      return new ByIndex(Integer.parseInt(text));
    }
    throw new BackendUnavailableException(
        "backend cuda: device '%s' is neither an index nor a UUID: take cuda:0, cuda:GPU-… or cuda:MIG-… of nvidia-smi -L"
            .formatted(text));
  }

  /** Returns the device that is meant, if it is there. */
  default Optional<CudaDevice> among(List<CudaDevice> devices) {
    return devices.stream().filter(this::means).findFirst();
  }

  private boolean means(CudaDevice device) {
    return switch (this) {
      case First() -> device.isCovered();
      case ByIndex(int index) -> device.index() == index;
      case ByUuid(String start) -> device.uuid().regionMatches(true, 0, start, 0, start.length());
    };
  }
}
