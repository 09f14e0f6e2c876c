package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import dev.chasqui.engine.backend.nativecode.NativeLibrary.Loaded;
import java.util.List;

/**
 * Announces backend {@code native} with the kernels of one kind of CPU, for measurements and tests:
 * {@code native-portable}, {@code native-avx2}, {@code native-avx512}, {@code native-amx}, {@code
 * native-neon}. Never preferred.
 */
public abstract class ForcedVariant implements BackendProvider {

  private static final int RANK = -1;

  private final CpuVariant variant;

  private ForcedVariant(CpuVariant variant) {
    this.variant = variant;
  }

  /** Plain C++. */
  public static final class Portable extends ForcedVariant {
    /** Made by the service loader. */
    public Portable() {
      super(CpuVariant.PORTABLE);
    }
  }

  /** AVX2 and FMA. */
  public static final class Avx2 extends ForcedVariant {
    /** Made by the service loader. */
    public Avx2() {
      super(CpuVariant.AVX2);
    }
  }

  /** AVX-512 with VNNI. */
  public static final class Avx512 extends ForcedVariant {
    /** Made by the service loader. */
    public Avx512() {
      super(CpuVariant.AVX512);
    }
  }

  /** AVX-512 with VNNI, and AMX tiles. */
  public static final class Amx extends ForcedVariant {
    /** Made by the service loader. */
    public Amx() {
      super(CpuVariant.AMX);
    }
  }

  /** NEON with dot products. */
  public static final class Neon extends ForcedVariant {
    /** Made by the service loader. */
    public Neon() {
      super(CpuVariant.NEON);
    }
  }

  @Override
  public String name() {
    return "native-" + variant.label();
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public Availability availability() {
    return switch (NativeLibrary.loaded()) {
      case Loaded.Usable(List<CpuVariant> variants) ->
          variants.contains(variant)
              ? new Availability.Available()
              : new Availability.Unavailable(
                  "this CPU cannot run it: it runs "
                      + variants.stream().map(CpuVariant::label).toList());
      case Loaded.Unusable(String reason) -> new Availability.Unavailable(reason);
    };
  }

  @Override
  public Backend create(int threads) {
    return new NativeBackend(name(), variant, threads, NativeBackend.FINE);
  }
}
