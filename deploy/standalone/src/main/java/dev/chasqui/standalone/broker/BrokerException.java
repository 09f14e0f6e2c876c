package dev.chasqui.standalone.broker;

/** The embedded node cannot start here; the message says what to do. */
public final class BrokerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokerException(String message) {
    super(message);
  }
}
