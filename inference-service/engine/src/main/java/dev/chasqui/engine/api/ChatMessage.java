package dev.chasqui.engine.api;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said; never parsed for special tokens
 */
public record ChatMessage(Role role, String content) {

  /** Who speaks. */
  public enum Role {
    /** Instructions of the operator. */
    SYSTEM,
    /** The person who asks. */
    USER,
    /** The model. */
    ASSISTANT,
    /** The result of a tool call. */
    TOOL
  }
}
