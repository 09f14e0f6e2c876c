package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Infill;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.schemas.conversation.JudgedConversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a prompt a reviewer reads, and may replace. */
final class ReviewText {

  private ReviewText() {}

  /** Returns the text in question: raw text, code, or what the user said last. */
  static String of(PromptSubmitted prompt) {
    Infill infill = prompt.getInfill();
    if (infill != null) {
      return infill.getPrefix() + "\n" + infill.getSuffix();
    }
    if (prompt.getRawPrompt() != null) {
      return prompt.getRawPrompt();
    }
    return lastOfUser(prompt)
        .map(turn -> prompt.getMessages().get(turn).getContent())
        .orElseGet(() -> prompt.getMessages().getLast().getContent());
  }

  /** Returns the whole conversation in words; empty where the text is all of it. */
  static String context(PromptSubmitted prompt) {
    List<Message> turns = JudgedConversation.of(prompt);
    return turns.size() == 1 ? "" : Conversations.inWords(turns);
  }

  /**
   * Returns the prompt with another text in place of the one in question; empty where it has none
   * that can be replaced: code around a gap is two texts, and a chat may be without a user.
   */
  static Optional<PromptSubmitted> edited(PromptSubmitted prompt, String text) {
    if (prompt.getRawPrompt() != null) {
      return Optional.of(PromptSubmitted.newBuilder(prompt).setRawPrompt(text).build());
    }
    return lastOfUser(prompt)
        .map(turn -> {
          List<Message> messages = new ArrayList<>(prompt.getMessages());
          messages.set(turn, Message.newBuilder(messages.get(turn)).setContent(text).build());
          return PromptSubmitted.newBuilder(prompt).setMessages(messages).build();
        });
  }

  private static Optional<Integer> lastOfUser(PromptSubmitted prompt) {
    List<Message> messages = prompt.getMessages();
    for (int turn = messages.size() - 1; turn >= 0; turn--) {
      if (messages.get(turn).getRole() == Role.USER) {
        return Optional.of(turn);
      }
    }
    return Optional.empty();
  }
}
