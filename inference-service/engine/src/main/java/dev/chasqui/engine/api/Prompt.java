package dev.chasqui.engine.api;

import java.util.List;

/** What a model is to continue, in one of the forms in which it can be given. */
public sealed interface Prompt {

  /**
   * Token ids, taken as they are: no BOS is added.
   *
   * @param ids at least one
   */
  record Tokens(TokenIds ids) implements Prompt {}

  /**
   * Raw text; BOS is put before it where the tokenizer says so. No chat template is applied.
   *
   * @param text the text with its origins
   */
  record Text(MarkedText text) implements Prompt {}

  /**
   * A conversation, rendered by the checkpoint's chat template with the header of the next turn.
   *
   * @param messages the turns, oldest first
   */
  record Chat(List<ChatMessage> messages) implements Prompt {

    /** Copies the turns in. */
    public Chat {
      messages = List.copyOf(messages);
    }
  }
}
