package dev.chasqui.guard.scan.rules;

/** A rule file holds what is no rule; the message says where and what to do. */
public final class InvalidRuleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidRuleException(String message) {
    super(message);
  }

  InvalidRuleException(String message, Throwable cause) {
    super(message, cause);
  }
}
