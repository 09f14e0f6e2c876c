package dev.chasqui.schemas.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry did not answer, or not as a registry does: nothing is known about the record.
 *
 * <p>Whoever catches this tries again later. It never turns a record into a dead letter.
 */
public final class RegistryUnavailableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what was tried.
   *
   * @param message what was asked of which registry, and what came back
   */
  public RegistryUnavailableException(String message) {
    super(message);
  }

  /**
   * Says what was tried and how it failed.
   *
   * @param message what was asked of which registry
   * @param cause the failure of the last attempt
   */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
