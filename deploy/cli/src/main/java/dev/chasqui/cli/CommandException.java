package dev.chasqui.cli;

/** A command cannot do what it was asked; the message is all that a person needs. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message what is wrong, the value, the limit, what to do
   */
  public CommandException(String message) {
    super(message);
  }

  /**
   * Says what is wrong and why.
   *
   * @param message what is wrong, the value, the limit, what to do
   * @param cause what led to it
   */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
