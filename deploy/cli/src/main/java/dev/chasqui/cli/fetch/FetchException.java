package dev.chasqui.cli.fetch;

/** A model is not here and could not be fetched; the message says what to do. */
public final class FetchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
