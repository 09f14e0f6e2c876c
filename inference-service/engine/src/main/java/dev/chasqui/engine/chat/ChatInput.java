package dev.chasqui.engine.chat;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.tokenize.Tokenizer;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What a chat template is rendered with.
 *
 * @param messages the turns, oldest first; their contents are the user's
 * @param addGenerationPrompt whether the header of the model's next turn follows, as the variable
 *     {@code add_generation_prompt}
 * @param ends the texts of the tokens that begin and end a text
 * @param clock tells templates the date; of a request that may be resumed it must stand still, else
 *     the prompt is another one after midnight
 * @param offer tools and documents, which become the variables {@code tools} and {@code documents}
 * @param variables more variables by name as JSON, such as {@code date_string}; all strings in them
 *     are the user's, and one that is named {@code messages} replaces the turns
 */
public record ChatInput(
    List<ChatMessage> messages,
    boolean addGenerationPrompt,
    Ends ends,
    Clock clock,
    Prompt.Offer offer,
    Map<String, String> variables) {

  /**
   * The texts of the tokens that begin and end a text, which templates write.
   *
   * @param bosToken begins one, for example {@code <s>}; may be empty
   * @param eosToken ends one, for example {@code </s>}; may be empty
   */
  public record Ends(String bosToken, String eosToken) {}

  /** Copies the lists. */
  public ChatInput {
    messages = List.copyOf(messages);
    variables = Map.copyOf(variables);
  }

  /**
   * Makes an input without tools and documents.
   *
   * @param messages the turns, oldest first
   * @param addGenerationPrompt whether the header of the model's next turn follows
   * @param ends the texts of the tokens that begin and end a text
   * @param clock tells templates the date
   * @param variables more variables by name as JSON
   */
  public ChatInput(
      List<ChatMessage> messages,
      boolean addGenerationPrompt,
      Ends ends,
      Clock clock,
      Map<String, String> variables) {
    this(messages, addGenerationPrompt, ends, clock, Prompt.Offer.NOTHING, variables);
  }

  /**
   * Returns the input for the model's next turn.
   *
   * @param messages the turns, oldest first
   * @param offer tools and documents
   * @param tokenizer of the model
   * @param clock tells templates the date
   * @return the input, without more variables
   */
  public static ChatInput nextTurn(
      List<ChatMessage> messages, Prompt.Offer offer, Tokenizer tokenizer, Clock clock) {
    Ends ends = new Ends(tokenizer.beginOfText(), tokenizer.endOfText());
    return new ChatInput(messages, true, ends, clock, offer, Map.of());
  }
}
