package dev.chasqui.engine.backend.vector;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import dev.chasqui.engine.backend.InterpretedBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Announces backend {@code vector}: the Java Vector API on all cores. It needs no compiler, only
 * the JVM's incubator module; while that is missing, no class that needs it is loaded.
 */
public final class VectorBackendProvider implements BackendProvider {

  private static final String MODULE = "jdk.incubator.vector";
  private static final Path CPU_DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final int RANK = 100;

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public Availability availability() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new Availability.Unavailable(
          "the JVM was started without module %s: add --add-modules %s to its options"
              .formatted(MODULE, MODULE));
    }
    if (lacksFusedMultiplyAdd(CPU_DESCRIPTION)) {
      return new Availability.Unavailable(
          "%s lists no fma: this CPU has no fused multiply-add and Java would emulate it, slowly"
              .formatted(CPU_DESCRIPTION));
    }
    return new Availability.Available();
  }

  /** Only an x86 CPU under Linux can be found to lack it; all others are taken to have it. */
  static boolean lacksFusedMultiplyAdd(Path cpuDescription) {
    try (Stream<String> lines = Files.lines(cpuDescription)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(flags -> !List.of(flags.split("\\s+")).contains("fma"))
          .orElse(false);
    } catch (IOException | UncheckedIOException unreadable) {
      return false;
    }
  }

  @Override
  public Backend create(int threads) {
    return new InterpretedBackend(name(), () -> new VectorKernels(threads));
  }
}
