package dev.chasqui.engine.api;

/**
 * What can go wrong in an engine beyond the expected: corrupt files, missing devices, bad calls.
 */
public abstract sealed class EngineException extends RuntimeException
    permits BackendUnavailableException,
        ChatTemplateException,
        CheckpointException,
        DeviceFailureException,
        InvalidRequestException,
        ModelFailureException {

  private static final long serialVersionUID = 1L;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
