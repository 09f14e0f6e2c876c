package dev.chasqui.engine.api;

/** Why an answer ended. */
public enum FinishReason {
  /** An end token of the model or a stop sequence. */
  STOP,
  /** Max tokens or the context length. */
  LENGTH,
  /** The call was cancelled. */
  CANCELLED,
  /** The deadline passed. */
  EXPIRED
}
