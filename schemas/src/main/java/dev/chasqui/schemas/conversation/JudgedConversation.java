package dev.chasqui.schemas.conversation;

import dev.chasqui.events.Document;
import dev.chasqui.events.Infill;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import dev.chasqui.events.Tool;
import dev.chasqui.events.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversation of a prompt as turns in words: all text in it that a model will read.
 *
 * <p>Tools, documents and calls of tools become text too, since whoever writes them could else hide
 * anything there from the guard.
 */
public final class JudgedConversation {

  private JudgedConversation() {}

  /**
   * Returns all that a prompt says.
   *
   * @param prompt with messages, raw text or code
   * @return turns in words, oldest first; the last turn of the prompt stays the last one
   */
  public static List<Message> of(PromptSubmitted prompt) {
    Infill infill = prompt.getInfill();
    if (infill != null) {
      return List.of(new Message(Role.USER, infill.getPrefix() + "\n" + infill.getSuffix()));
    }
    String raw = prompt.getRawPrompt();
    return raw != null ? List.of(new Message(Role.USER, raw)) : chat(prompt);
  }

  private static List<Message> chat(PromptSubmitted prompt) {
    List<Message> turns = new ArrayList<>();
    prompt.getTools().forEach(tool -> turns.add(new Message(Role.SYSTEM, words(tool))));
    prompt.getMessages().forEach(message -> turns.add(words(message)));
    int last = Math.max(0, turns.size() - 1);
    List<Message> documents =
        prompt.getDocuments().stream()
            .map(document -> new Message(Role.USER, of(document)))
            .toList();
    turns.addAll(last, documents);
    return turns;
  }

  private static Message words(Message message) {
    if (message.getToolCalls().isEmpty()) {
      return message;
    }
    StringBuilder content = new StringBuilder(message.getContent());
    for (ToolCall call : message.getToolCalls()) {
      content.append(content.isEmpty() ? "" : "\n");
      content.append(call.getName()).append(' ').append(call.getArguments());
    }
    return new Message(message.getRole(), content.toString());
  }

  private static String words(Tool tool) {
    return "%s: %s\n%s"
        .formatted(tool.getName(), tool.getDescription(), tool.getParametersSchema());
  }

  /**
   * Returns what a document says.
   *
   * @param document of a prompt
   * @return its title and content
   */
  public static String of(Document document) {
    return document.getTitle().isEmpty()
        ? document.getContent()
        : document.getTitle() + "\n" + document.getContent();
  }
}
