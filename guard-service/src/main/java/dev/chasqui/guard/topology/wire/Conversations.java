package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.guard.classifier.Side;
import dev.chasqui.guard.classifier.Turn;
import dev.chasqui.schemas.conversation.JudgedConversation;
import java.util.ArrayList;
import java.util.List;

/** Conversations as a guard sees them: what the model said, and everything else. */
public final class Conversations {

  private Conversations() {}

  /**
   * Returns the turns of a prompt, in whatever form it was given.
   *
   * @param prompt a prompt with messages, raw text or code
   * @return its turns, oldest first
   */
  public static List<Turn> turns(PromptSubmitted prompt) {
    return turns(JudgedConversation.of(prompt));
  }

  /**
   * Returns messages as turns. Instructions and results of tools come from outside the model, so
   * they are judged as the user's.
   *
   * @param messages oldest first
   * @return one turn each
   */
  public static List<Turn> turns(List<Message> messages) {
    return messages.stream().map(message -> new Turn(side(message), message.getContent())).toList();
  }

  /**
   * Returns a conversation with the model's answer so far behind it.
   *
   * @param messages oldest first
   * @param answer the text of the answer
   * @return the turns
   */
  public static List<Turn> turns(List<Message> messages, String answer) {
    List<Turn> turns = new ArrayList<>(turns(messages));
    turns.add(new Turn(Side.AGENT, answer));
    return turns;
  }

  private static Side side(Message message) {
    return switch (message.getRole()) {
      case ASSISTANT -> Side.AGENT;
      case SYSTEM, USER, TOOL, UNKNOWN -> Side.USER;
    };
  }
}
