package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.ChatTemplateException;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.chat.ChatInput;
import dev.chasqui.engine.chat.ChatTemplate;
import dev.chasqui.engine.chat.ChatTemplates;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * Renders conversations by a checkpoint's template. A checkpoint whose template is missing or
 * faulty serves all other prompts.
 */
final class Conversations {

  private final Tokenizer tokenizer;
  private final Template template;

  private sealed interface Template {

    record Usable(ChatTemplate template) implements Template {}

    record Unusable(String reason) implements Template {}
  }

  Conversations(Checkpoint checkpoint, Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.template = template(checkpoint, tokenizer);
  }

  /**
   * Renders a conversation with the header of the next turn; templates see its time in UTC.
   *
   * @throws InvalidRequestException if there is no template or it refuses the conversation
   */
  MarkedText render(Prompt.Chat chat) {
    return switch (template) {
      case Template.Usable(ChatTemplate usable) -> rendered(usable, chat);
      case Template.Unusable(String reason) ->
          throw new InvalidRequestException(
              "no-chat-template", "prompt", "prompt is a conversation, but " + reason);
    };
  }

  /** Returns the SHA-256 of the template in lower-case hexadecimal; empty without one. */
  String templateHash() {
    return switch (template) {
      case Template.Usable(ChatTemplate usable) -> sha256(usable.source());
      case Template.Unusable unusable -> "";
    };
  }

  private MarkedText rendered(ChatTemplate usable, Prompt.Chat chat) {
    Clock clock = Clock.fixed(chat.time().orElseGet(Instant::now), ZoneOffset.UTC);
    try {
      return usable.render(ChatInput.nextTurn(chat.messages(), tokenizer, clock));
    } catch (ChatTemplateException e) {
      throw new InvalidRequestException(
          "chat-template-refused",
          "prompt",
          "the chat template does not take these %d messages: %s. Change their roles or order."
              .formatted(chat.messages().size(), e.getMessage()));
    }
  }

  private static Template template(Checkpoint checkpoint, Tokenizer tokenizer) {
    try {
      return new Template.Usable(
          ChatTemplates.choose(checkpoint.chatTemplate(), tokenizer.controlTokens()));
    } catch (ChatTemplateException e) {
      return new Template.Unusable(e.getMessage());
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
