package dev.chasqui.engine.api;

/**
 * A device stopped computing: it was lost, or its memory cannot be read or written any more. What
 * ran on it can go on elsewhere.
 */
public final class DeviceFailureException extends EngineException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what the device answered.
   *
   * @param message names the device, its error and what to do
   */
  public DeviceFailureException(String message) {
    super(message);
  }
}
