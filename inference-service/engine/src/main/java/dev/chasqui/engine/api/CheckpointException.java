package dev.chasqui.engine.api;

/** A model file is missing, damaged or of a kind that is not supported. */
public final class CheckpointException extends EngineException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message names the file, the place in it, what was found and what was expected
   */
  public CheckpointException(String message) {
    super(message);
  }

  /**
   * Says what is wrong and why.
   *
   * @param message names the file, the place in it, what was found and what was expected
   * @param cause what led to it
   */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
