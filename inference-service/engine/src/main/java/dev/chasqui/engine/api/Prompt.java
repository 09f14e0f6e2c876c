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
   * A conversation, rendered by the chat template with the header of the next turn.
   *
   * @param messages the turns, oldest first
   * @param offer what goes with them
   * @param time when it was asked, for templates that tell the model the date; empty takes the time
   *     of the call. A request that may be resumed needs one: after midnight its prompt would be
   *     another
   */
  record Chat(List<ChatMessage> messages, Offer offer, Optional<Instant> time) implements Prompt {

    /** Copies the turns in. */
    public Chat {
      messages = List.copyOf(messages);
    }

    /**
     * Makes a conversation in words.
     *
     * @param messages the turns, oldest first
     * @param time when it was asked
     */
    public Chat(List<ChatMessage> messages, Optional<Instant> time) {
      this(messages, Offer.NOTHING, time);
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

  /**
   * What a model may use for its answer; all of it counts as a user's text.
   *
   * @param tools functions that it may ask for
   * @param documents texts that it may read
   */
  record Offer(List<Tool> tools, List<Document> documents) {

    /** Neither tools nor documents. */
    public static final Offer NOTHING = new Offer(List.of(), List.of());

    /** Copies the lists. */
    public Offer {
      tools = List.copyOf(tools);
      documents = List.copyOf(documents);
    }
  }

  /**
   * Code with a gap to fill, for models that were trained on it (Roziere et al., "Code Llama",
   * 2023); all of it is a user's text.
   *
   * @param prefix the code before the gap
   * @param suffix the code after the gap
   * @param order what the model sees first
   */
  record Infill(String prefix, String suffix, Order order) implements Prompt {

    /** What the model sees first. */
    public enum Order {
      /** Prefix, suffix, middle (PSM). */
      PREFIX_FIRST,
      /** Suffix, prefix, middle (SPM). */
      SUFFIX_FIRST
    }
  }
}
