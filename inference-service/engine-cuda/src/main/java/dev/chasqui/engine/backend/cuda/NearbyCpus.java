package dev.chasqui.engine.backend.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the CPUs of a device's NUMA node, as Linux tells them. */
final class NearbyCpus {

  private static final System.Logger LOG = System.getLogger(NearbyCpus.class.getName());
  private static final int MOST_CPUS = 1 << 14;

  private NearbyCpus() {}

  /**
   * Returns the CPUs near a device, none where the system does not tell.
   *
   * @param system usually {@code /sys}
   * @param pciAddress as the driver writes it
   */
  static int[] of(Path system, String pciAddress) {
    Path list =
        system
            .resolve("bus/pci/devices")
            .resolve(pciAddress.toLowerCase(Locale.ROOT))
            .resolve("local_cpulist");
    if (pciAddress.isBlank() || !Files.isReadable(list)) {
      return new int[0];
    }
    try {
      return parse(Files.readString(list));
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot be read ({1}): the worker may run far from its device",
          list,
          e.getMessage());
      return new int[0];
    }
  }

  /**
   * Reads a list as {@code 0-3,8,10-11}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static int[] parse(String list) {
    return list.isBlank()
        ? new int[0]
        : Stream.of(list.strip().split(",")).flatMapToInt(NearbyCpus::range).toArray();
  }

  private static IntStream range(String range) {
    String[] ends = range.split("-", 2);
    int first = Integer.parseInt(ends[0].strip());
    int last = Integer.parseInt(ends[ends.length - 1].strip());
    if (first < 0 || last < first || last >= MOST_CPUS) {
      throw new IllegalArgumentException("'%s' is no range of CPUs".formatted(range));
    }
    return IntStream.rangeClosed(first, last);
  }
}
