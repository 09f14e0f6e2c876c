package dev.chasqui.engine.backend.nativecode;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chasqui.engine.backend.Backend;
import java.util.List;
import java.util.stream.Stream;

/** The library in tests, which are skipped where it was not built. */
final class Library {

  private Library() {}

  /** Returns the variants that this CPU can run; skips the test where there is no library. */
  static List<CpuVariant> variants() {
    NativeLibrary.Loaded loaded = NativeLibrary.loaded();
    assumeThat(loaded)
        .as("the native library: %s", loaded)
        .isInstanceOf(NativeLibrary.Loaded.Usable.class);
    return ((NativeLibrary.Loaded.Usable) loaded).variants();
  }

  static Backend best(int threads) {
    return backend(CpuVariant.best(variants()), threads);
  }

  static Backend backend(CpuVariant variant, int threads) {
    return new NativeBackend("native", variant, threads, NativeBackend.FINE);
  }

  /** All variants of this CPU; one that is skipped where there is no library. */
  static Stream<CpuVariant> each() {
    return NativeLibrary.loaded() instanceof NativeLibrary.Loaded.Usable usable
        ? usable.variants().stream()
        : Stream.of(CpuVariant.PORTABLE);
  }
}
