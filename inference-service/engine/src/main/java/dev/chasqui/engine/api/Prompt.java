package dev.chasqui.engine.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * @param time when it was asked, for templates that tell the model the date; empty takes the time
   *     of the call. A request that may be resumed needs one: after midnight its prompt would be
   *     another
   */
  record Chat(List<ChatMessage> messages, Optional<Instant> time) implements Prompt {

    /** Copies the turns in. */
    public Chat {
      messages = List.copyOf(messages);
    }

    /**
     * Makes a conversation of the time of the call.
     *
     * @param messages the turns, oldest first
     */
    public Chat(List<ChatMessage> messages) {
      this(messages, Optional.empty());
    }
  }
}
