package dev.chasqui.inference.app;

import dev.chasqui.engine.runtime.EngineOptions;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Puts the properties of a model in place of the engine's usual options. */
final class EngineOptionsReader {

  private EngineOptionsReader() {}

  static EngineOptions read(Path path, ChasquiProperties.Model model) {
    EngineOptions usual = EngineOptions.of(path);
    return usual
        .withBackend(model.backend())
        .withThreads(or(model.threads(), usual.threads()))
        .withCache(
            new EngineOptions.Cache(
                optional(model.contextLength()),
                optional(model.kvTokens()),
                usual.cache().blockSizeTokens()))
        .withBatch(
            new EngineOptions.Batch(
                or(model.maxSequences(), usual.batch().maxSequences()),
                or(model.prefillTokens(), usual.batch().prefillTokens())));
  }

  private static int or(@Nullable Integer value, int usual) {
    return value == null ? usual : value;
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
