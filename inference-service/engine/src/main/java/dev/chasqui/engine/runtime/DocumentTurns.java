package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.ChatMessage.Role;
import dev.chasqui.engine.api.Document;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Puts documents into the last turn of the user, for templates that know no documents. */
final class DocumentTurns {

  private DocumentTurns() {}

  static Prompt.Chat folded(Prompt.Chat chat) {
    if (chat.offer().documents().isEmpty()) {
      return chat;
    }
    List<ChatMessage> messages = new ArrayList<>(chat.messages());
    int last = lastUserTurn(messages);
    StringBuilder content = new StringBuilder();
    chat.offer().documents().forEach(document -> append(document, content));
    content.append(messages.get(last).content());
    messages.set(last, new ChatMessage(Role.USER, content.toString()));
    Prompt.Offer tools = new Prompt.Offer(chat.offer().tools(), List.of());
    return new Prompt.Chat(messages, tools, chat.time());
  }

  private static void append(Document document, StringBuilder content) {
    String title = document.title().isEmpty() ? "Document" : "Document: " + document.title();
    content.append(title).append("\n").append(document.content()).append("\n\n");
  }

  private static int lastUserTurn(List<ChatMessage> messages) {
    for (int index = messages.size() - 1; index >= 0; index--) {
      if (messages.get(index).role() == Role.USER) {
        return index;
      }
    }
    throw new InvalidRequestException(
        "documents",
        "given without a turn of USER",
        "the chat template of this model has no other place for them",
        "Add a turn of USER that says what to do with them.");
  }
}
