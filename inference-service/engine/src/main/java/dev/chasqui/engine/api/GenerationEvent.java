package dev.chasqui.engine.api;

import java.time.Duration;
import java.util.List;

/** What an engine says about one answer: tokens, then exactly one terminal event. */
public sealed interface GenerationEvent {

  /**
   * New tokens.
   *
   * @param sequence position in the answer of the first one; events are without gap or overlap, and
   *     begin at the number of committed tokens
   * @param tokenIds the tokens, an end token included
   * @param text what became certain with them: whole UTF-8 characters, without what may yet turn
   *     out to be a stop sequence; the last tokens bring all that was held back, but for an answer
   *     that is cancelled or expires, whose text ends where it was certain
   * @param logprobs how probable each token was; empty where that was not asked for
   */
  record Tokens(int sequence, TokenIds tokenIds, String text, List<Logprobs> logprobs)
      implements GenerationEvent {

    /** Copies the list. */
    public Tokens {
      logprobs = List.copyOf(logprobs);
    }

    /**
     * Makes an event without log-probabilities.
     *
     * @param sequence position in the answer of the first token
     * @param tokenIds the tokens
     * @param text what became certain with them
     */
    public Tokens(int sequence, TokenIds tokenIds, String text) {
      this(sequence, tokenIds, text, List.of());
    }
  }

  /**
   * The answer is complete.
   *
   * @param reason why it ended
   * @param usage what it consumed
   * @param timings where the time went
   * @param toolCalls what the answer asks the caller to run, where tools were offered; empty where
   *     it is an answer in words
   */
  record Finished(FinishReason reason, Usage usage, Timings timings, List<ToolCall> toolCalls)
      implements GenerationEvent {

    /** Copies the list. */
    public Finished {
      toolCalls = List.copyOf(toolCalls);
    }

    /**
     * Makes the end of an answer in words.
     *
     * @param reason why it ended
     * @param usage what it consumed
     * @param timings where the time went
     */
    public Finished(FinishReason reason, Usage usage, Timings timings) {
      this(reason, usage, timings, List.of());
    }
  }

  /**
   * The answer cannot be made or completed.
   *
   * @param code stable code, for example {@code context-length-exceeded}
   * @param message what is wrong, the value, the limit, what to do
   */
  record Failed(String code, String message) implements GenerationEvent {}

  /**
   * What an answer consumed, in tokens.
   *
   * @param promptTokens of the prompt
   * @param cachedPromptTokens those of them found in the prefix cache
   * @param completionTokens of the answer, committed ones included
   */
  record Usage(int promptTokens, int cachedPromptTokens, int completionTokens) {}

  /**
   * Where the time went, counted from the call.
   *
   * @param queued until the first step
   * @param firstToken until the first token of this call
   * @param total until the end
   */
  record Timings(Duration queued, Duration firstToken, Duration total) {}
}
