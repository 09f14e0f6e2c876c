package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.Document;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import dev.chasqui.events.Trust;
import dev.chasqui.guard.classifier.Side;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.classifier.Turn;
import dev.chasqui.guard.topology.judging.Part;
import dev.chasqui.schemas.conversation.JudgedConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

  /**
   * Returns the texts of strangers that a prompt brings along: documents and results of tools that
   * are not marked as trusted. They stand in the conversation too; apart from it, what they say is
   * not lost among all the rest.
   *
   * @param prompt the prompt
   * @return a part each, documents first
   */
  public static List<Part> parts(PromptSubmitted prompt) {
    List<Part> parts = new ArrayList<>();
    List<Document> documents = prompt.getDocuments();
    for (int i = 0; i < documents.size(); i++) {
      if (documents.get(i).getTrust() != Trust.TRUSTED) {
        add(parts, prompt, "documents[%d]".formatted(i), JudgedConversation.of(documents.get(i)));
      }
    }
    List<Message> messages = prompt.getMessages();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.getRole() == Role.TOOL && message.getTrust() != Trust.TRUSTED) {
        add(parts, prompt, "messages[%d]".formatted(i), message.getContent());
      }
    }
    return parts;
  }

  /**
   * Returns a conversation with the model's answer so far in words, for a person to read.
   *
   * @param messages oldest first
   * @param answer the text of the answer
   * @return one paragraph a turn
   */
  public static String inWords(List<Message> messages, String answer) {
    List<Message> turns = new ArrayList<>(messages);
    turns.add(new Message(Role.ASSISTANT, answer));
    return inWords(turns);
  }

  /**
   * Returns a conversation in words, for a person to read.
   *
   * @param messages oldest first
   * @return one paragraph a turn
   */
  public static String inWords(List<Message> messages) {
    return messages.stream()
        .map(turn -> turn.getRole() + ": " + turn.getContent())
        .collect(Collectors.joining("\n\n"));
  }

  private static void add(List<Part> parts, PromptSubmitted prompt, String name, String text) {
    if (!text.isBlank()) {
      Turn turn = new Turn(Side.USER, text);
      parts.add(
          new Part(name, new Subject(prompt.getRequestId(), prompt.getTenant(), List.of(turn))));
    }
  }

  private static Side side(Message message) {
    return switch (message.getRole()) {
      case ASSISTANT -> Side.AGENT;
      case SYSTEM, USER, TOOL, UNKNOWN -> Side.USER;
    };
  }
}
