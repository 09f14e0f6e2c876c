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

  /** Returns the bytes of a device's memory that nobody holds. */
  static native long freeBytes(int device);

  /** Binds the calling thread to CPUs; does nothing where the system does not allow it. */
  static native void bindThread(int[] cpus);

  /** Makes room for a matrix {@code [rows, columns]} of a {@link StoredType}; returns its index. */
  static native int addMatrix(long session, int stored, int rows, int columns);

  /** Copies rows of a matrix, as they are stored in files, into the device's memory. */
  static native void fillMatrix(
      long session, int matrix, int firstRow, int rows, long address, long bytes);

  /** Copies a vector of float32; returns its index. */
  static native int addVector(long session, float[] values);

  /**
   * Says what {@link #run} computes, and sets KV memory aside.
   *
   * @param buffers see {@link Buffers#buffers}
   * @param slots see {@link Buffers#slots}
   * @param code commands, see {@link CommandCode}
   * @param logits the slot of the result
   * @param sizes see {@link SessionSizes}
   */
  static native void setProgram(
      long session, int[] buffers, int[] slots, int[] code, int logits, int[] sizes);

  /** Computes a step that {@link CudaStep} wrote. */
  static native void run(long session, long words, int wordCount, float[] logits);

  /** Computes a step; the best token of each of its rows comes out. */
  static native void greedy(long session, long words, int wordCount, int[] best);

  /** Returns how many steps were launched as captured graphs. */
  static native long graphLaunches(long session);

  /** Frees everything. */
  static native void close(long session);
}
