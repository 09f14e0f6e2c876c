package dev.chasqui.engine.api;

/** A request that an engine works on. */
public interface EngineCall {

  /**
   * Ends the request within one step. Its terminal event may still arrive; a generation that was
   * running gets {@link FinishReason#CANCELLED}. Cancelling twice or too late does nothing.
   */
  void cancel();

  /** Returns how many tokens the prompt has; 0 until it has been tokenized. */
  default int promptTokens() {
    return 0;
  }
}
