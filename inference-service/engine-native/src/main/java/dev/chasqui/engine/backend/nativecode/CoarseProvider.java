package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BackendProvider;
import dev.chasqui.engine.backend.nativecode.NativeLibrary.Loaded;
import java.util.List;

/**
 * Announces backend {@code native-int8}: activations meet quantised weights in int8, as in
 * llama.cpp. Prefill and large batches are nearly twice as fast as with {@code native}, logits are
 * off by some tenths. Never preferred.
 */
public final class CoarseProvider implements BackendProvider {

  private static final int RANK = -1;

  /** Made by the service loader. */
  public CoarseProvider() {}

  @Override
  public String name() {
    return "native-int8";
  }

  @Override
  public int rank() {
    return RANK;
  }

  @Override
  public Availability availability() {
    return new NativeBackendProvider().availability();
  }

  @Override
  public Backend create(int threads) {
    return switch (NativeLibrary.loaded()) {
      case Loaded.Usable(List<CpuVariant> variants) ->
          new NativeBackend(name(), CpuVariant.best(variants), threads, NativeBackend.COARSE);
      case Loaded.Unusable(String reason) -> throw new IllegalStateException(reason);
    };
  }
}
