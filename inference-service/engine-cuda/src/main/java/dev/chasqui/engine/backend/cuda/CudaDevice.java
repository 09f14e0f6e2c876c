package dev.chasqui.engine.backend.cuda;

import java.util.List;

/**
 * A GPU that the driver shows, or a slice of one (MIG).
 *
 * @param index its place in the driver's list
 * @param uuid {@code GPU-…} or {@code MIG-…}
 * @param name as sold
 * @param major first number of its compute capability
 * @param minor second number of its compute capability
 * @param memoryBytes all of its memory
 * @param pciAddress {@code 0000:1b:00.0}: where the system keeps what it knows of it
 */
record CudaDevice(
    int index,
    String uuid,
    String name,
    int major,
    int minor,
    long memoryBytes,
    String pciAddress) {

  private static final int FIELDS = 7;
  private static final int OLDEST_MAJOR = 8;

  /**
   * Reads a line of the library: the fields in order, with tabs between.
   *
   * @throws IllegalArgumentException if it is none
   */
  static CudaDevice parse(String line) {
    List<String> fields = List.of(line.split("\t", -1));
    if (fields.size() != FIELDS) {
      throw new IllegalArgumentException(
          "'%s' has %d fields: a device has %d".formatted(line, fields.size(), FIELDS));
    }
    return new CudaDevice(
        Integer.parseInt(fields.get(0)),
        fields.get(1),
        fields.get(2),
        Integer.parseInt(fields.get(3)),
        Integer.parseInt(fields.get(4)),
        Long.parseLong(fields.get(5)),
        fields.get(6));
  }

  /** Returns whether the kernels can run on it: Ampere (sm_80) and later. */
  boolean isCovered() {
    return major >= OLDEST_MAJOR;
  }

  @Override
  public String toString() {
    return "cuda:%d (%s, %s, compute capability %d.%d, %.1f GiB)"
        .formatted(index, name, uuid, major, minor, memoryBytes / (double) (1 << 30));
  }
}
