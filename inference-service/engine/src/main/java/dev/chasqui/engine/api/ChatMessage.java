package dev.chasqui.engine.api;

import java.util.List;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said; never parsed for special tokens
 * @param toolCalls what a turn of the model asked its caller to run, in place of or behind content
 */
public record ChatMessage(Role role, String content, List<ToolCall> toolCalls) {

  /** Copies the calls and checks whose they are. */
  public ChatMessage {
    toolCalls = List.copyOf(toolCalls);
    if (!toolCalls.isEmpty() && role != Role.ASSISTANT) {
      throw new InvalidRequestException(
          "tool-calls",
          "set on a turn of " + role,
          "only a turn of ASSISTANT can call tools",
          "Leave them out there.");
    }
  }

  /**
   * Makes a turn in words.
   *
   * @param role who speaks
   * @param content what is said
   */
  public ChatMessage(Role role, String content) {
    this(role, content, List.of());
  }

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
