package dev.chasqui.engine.api;

/** A backend that was asked for cannot be used on this machine. */
public final class BackendUnavailableException extends EngineException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is missing.
   *
   * @param message the reason and the remedy
   */
  public BackendUnavailableException(String message) {
    super(message);
  }
}
