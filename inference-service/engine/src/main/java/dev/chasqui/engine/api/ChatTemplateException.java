package dev.chasqui.engine.api;

/** A chat template cannot be read, or does not take the conversation it was given. */
public final class ChatTemplateException extends EngineException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message names the line of the template, what was found and what was expected
   */
  public ChatTemplateException(String message) {
    super(message);
  }
}
