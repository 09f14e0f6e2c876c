package dev.chasqui.standalone.bench;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A model with one slot that takes every request and never answers. Safe from any thread. */
final class SilentEngine implements Engine {

  private static final int CONTEXT_LENGTH = 8192;
  private static final int VOCABULARY_SIZE = 512;

  private final CompletableFuture<Long> firstRequestNanos = new CompletableFuture<>();

  /** Returns {@code System.nanoTime()} of the first request, once there is one. */
  CompletableFuture<Long> firstRequestNanos() {
    return firstRequestNanos.copy();
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "silent", "none", "0".repeat(64), "", CONTEXT_LENGTH, VOCABULARY_SIZE, Set.of());
  }

  @Override
  public EngineCall generate(GenerationRequest request, GenerationListener listener) {
    firstRequestNanos.complete(System.nanoTime());
    return () -> {};
  }

  @Override
  public EngineCall score(ScoreRequest request, ScoreListener listener) {
    return () -> {};
  }

  @Override
  public EngineLoad load() {
    return new EngineLoad(0, 0, 1, 0, 1);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
