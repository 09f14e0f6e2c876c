package dev.chasqui.engine.backend.cuda;

import java.util.List;

/** The library as the backend sees it: JNI in life, a fake in tests. Safe from any thread. */
interface DeviceLibrary {

  /** Returns what it found on this machine, without touching a device. */
  Found find();

  /**
   * Returns the bytes of a device's memory that nobody holds.
   *
   * @param device its index
   * @throws dev.chasqui.engine.api.DeviceFailureException if the device refuses
   */
  long freeBytes(int device);

  /**
   * Binds the calling thread.
   *
   * @param cpus where it may run from now on
   */
  void bindThread(int[] cpus);

  /**
   * Opens a session on a device.
   *
   * @param device its index
   * @return the session; the caller closes it
   * @throws dev.chasqui.engine.api.DeviceFailureException if the device refuses
   */
  DeviceSession open(int device);

  /**
   * A driver and its devices.
   *
   * @param runtimeVersion the CUDA that the library was built with, 1000 * major + 10 * minor
   * @param driverVersion the latest CUDA that the driver can run; 0 without a driver
   * @param devices what the driver shows
   */
  record Found(int runtimeVersion, int driverVersion, List<CudaDevice> devices) {

    /** Copies the list. */
    public Found {
      devices = List.copyOf(devices);
    }

    /** Returns whether the driver runs programs of the library's CUDA: any of the same major. */
    boolean hasFittingDriver() {
      return driverVersion / 1000 >= runtimeVersion / 1000;
    }
  }
}
