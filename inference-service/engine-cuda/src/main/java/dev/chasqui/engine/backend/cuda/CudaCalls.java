package dev.chasqui.engine.backend.cuda;

/**
 * The functions of the library (jni/cuda_calls.cpp). A handle is a session's address: it must not
 * be used by two threads at once, nor after {@link #close}. Arguments are checked on both sides;
 * what the device refuses becomes a {@link dev.chasqui.engine.api.DeviceFailureException}.
 */
final class CudaCalls {

  private CudaCalls() {}

  /** Returns the version of these functions, {@link LibraryFile#ABI_VERSION} where they fit. */
  static native int abiVersion();

  /** Returns the CUDA that the library was built with and the latest that the driver runs. */
  static native int[] versions();

  /** Returns a line for each device, see {@link CudaDevice#parse}. */
  static native String[] devices();

  /** Opens a session on a device. */
  static native long open(int device);

  /** Returns free and total bytes of the session's device. */
  static native long[] memory(long session);

  /**
   * Copies a matrix {@code [rows, columns]} of a {@link StoredType} into the device's memory;
   * returns its index.
   */
  static native int addMatrix(
      long session, int stored, int rows, int columns, long address, long bytes);

  /** Copies a vector of float32; returns its index. */
  static native int addVector(long session, float[] values);

  /**
   * Says what {@link #run} computes, and sets memory aside for it.
   *
   * @param slots width, then 1 for a slot of logit rows, of each slot
   * @param code commands, see {@link CommandCode}
   * @param sizes see {@link SessionSizes}
   */
  static native void setProgram(long session, int[] slots, int[] code, int[] sizes);

  /** Computes a step that {@link CudaStep} wrote. */
  static native void run(
      long session, long ints, long intCount, long floats, long floatCount, float[] logits);

  /** Frees everything. */
  static native void close(long session);
}
