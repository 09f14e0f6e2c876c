package dev.chasqui.engine.api;

import java.util.OptionalInt;

/**
 * What an answer must look like, and what is told of it beside its tokens.
 *
 * @param format what shape the text must have
 * @param logprobs how many alternatives are reported for each token; empty reports no
 *     log-probabilities at all
 */
public record AnswerShape(ResponseFormat format, OptionalInt logprobs) {

  /** Any text, without log-probabilities. */
  public static final AnswerShape FREE = new AnswerShape(ResponseFormat.TEXT, OptionalInt.empty());

  /** Checks the range. */
  public AnswerShape {
    logprobs.ifPresent(count ->
        InvalidRequestException.checkRange("logprobs", count, 0, Logprobs.MOST_ALTERNATIVES));
  }
}
