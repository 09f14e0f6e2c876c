package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.EngineCall;
import java.util.function.Consumer;

/**
 * A call from its beginning to its end: first it is prepared, then it is a task of the loop. Handed
 * to the caller, who may cancel it from any thread.
 */
final class OpenCall implements EngineCall {

  private final Consumer<OpenCall> onCancel;
  private final long openedNanos = System.nanoTime();
  private volatile boolean cancelled;
  private volatile int promptTokens;

  OpenCall(Consumer<OpenCall> onCancel) {
    this.onCancel = onCancel;
  }

  @Override
  public void cancel() {
    cancelled = true;
    onCancel.accept(this);
  }

  /** Learns how long the prompt is, from whoever prepares the call. */
  void tokenized(int tokens) {
    promptTokens = tokens;
  }

  @Override
  public int promptTokens() {
    return promptTokens;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Returns {@link System#nanoTime} of the call. */
  long openedNanos() {
    return openedNanos;
  }
}
