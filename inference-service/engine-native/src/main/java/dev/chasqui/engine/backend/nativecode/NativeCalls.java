package dev.chasqui.engine.backend.nativecode;

/**
 * The functions of the library (jni/native_calls.cpp). A handle is a session's address: it must not
 * be used by two threads at once, nor after {@link #close}. Arguments are checked on both sides.
 */
final class NativeCalls {

  private NativeCalls() {}

  /** Returns the version of these functions, {@link NativeLibrary#ABI_VERSION} where they fit. */
  static native int abiVersion();

  /** Returns which variants CPU, system and library have in common: bit {@code code} of each. */
  static native int usableVariants();

  /**
   * Opens a session of a {@link CpuVariant}; activations meet quantised weights in 8 or 15 bits.
   */
  static native long open(int variant, int threads, int activationBits);

  /** Packs a matrix {@code [rows, columns]} of a {@link StoredType}; returns its index. */
  static native int addMatrix(
      long session, int stored, int rows, int columns, long address, long bytes);

  /** Copies a vector; returns its index. */
  static native int addVector(long session, float[] values);

  /**
   * Says what {@link #run} computes.
   *
   * @param slots width, then 1 for a slot of logit rows, of each slot
   * @param code commands, see {@link CommandCode}
   * @param logits the slot of the result
   * @param kv layers, blocks, tokens of a block, heads, KV heads, head size, place of the {@link
   *     dev.chasqui.engine.backend.KvType}
   * @param adapters how many a slice may choose from
   * @return values from one row of logits to the next
   */
  static native int setProgram(
      long session, int[] slots, int[] code, int logits, int[] kv, int adapters);

  /**
   * Computes a step that {@link NativeStep} wrote.
   *
   * @param greatest gets, of each logit row, the id of its greatest logit, or -1 where one is not
   *     finite
   * @return the address of the first row of logits, good until the next step
   */
  static native long run(
      long session, long ints, long intCount, long floats, long floatCount, int[] greatest);

  /** Measures gigabytes read and int8 gigaops a second, all threads together. */
  static native double[] measure(int variant, int threads);

  /** Frees everything and ends the threads. */
  static native void close(long session);
}
