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
import java.util.Optional;

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

  /**
   * Finds the template.
   *
   * @param checkpoint which may have one
   * @param tokenizer of the checkpoint
   * @param wanted name or file of another one
   * @throws InvalidRequestException if the wanted one cannot be had
   */
  Conversations(Checkpoint checkpoint, Tokenizer tokenizer, Optional<String> wanted) {
    this.tokenizer = tokenizer;
    this.template =
        wanted.map(Conversations::named).orElseGet(() -> template(checkpoint, tokenizer));
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
    checkTools(usable, chat);
    Prompt.Chat fitting = usable.mentions("documents") ? chat : DocumentTurns.folded(chat);
    try {
      return usable.render(
          ChatInput.nextTurn(fitting.messages(), fitting.offer(), tokenizer, clock));
    } catch (ChatTemplateException e) {
      throw new InvalidRequestException(
          "chat-template-refused",
          "prompt",
          "the chat template does not take these %d messages: %s. Change their roles or order."
              .formatted(chat.messages().size(), e.getMessage()));
    }
  }

  /** A model that is not told of its tools would answer as if there were none. */
  private static void checkTools(ChatTemplate usable, Prompt.Chat chat) {
    boolean called = chat.messages().stream().anyMatch(turn -> !turn.toolCalls().isEmpty());
    if (!chat.offer().tools().isEmpty() && !usable.mentions("tools")
        || called && !usable.mentions("tool_calls")) {
      throw new InvalidRequestException(
          "tools-not-supported",
          "tools",
          "tools are %d, but the chat template of this model knows none. Leave them out, or name a template that knows them."
              .formatted(chat.offer().tools().size()));
    }
  }

  private static Template named(String nameOrFile) {
    try {
      return new Template.Usable(ChatTemplates.named(nameOrFile));
    } catch (ChatTemplateException e) {
      throw new InvalidRequestException("invalid-request", "chat-template", e.getMessage());
    }
  }

  private static Template template(Checkpoint checkpoint, Tokenizer tokenizer) {
    try {
      return new Template.Usable(
          ChatTemplates.choose(
              checkpoint.chatTemplate(), checkpoint.config().name(), tokenizer.controlTokens()));
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
