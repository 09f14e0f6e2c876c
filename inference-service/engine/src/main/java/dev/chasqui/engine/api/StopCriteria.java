package dev.chasqui.engine.api;

import java.util.List;

/**
 * When an answer ends.
 *
 * @param maxTokens most tokens of the answer, at least 1; the context length may end it sooner
 * @param sequences texts that end it, found across token borders; the match and what follows it is
 *     not part of the answer's text
 * @param tokenIds tokens that end it, besides the model's own end tokens
 * @param endTokens whether the model's own end tokens count
 */
public record StopCriteria(
    int maxTokens, List<String> sequences, TokenIds tokenIds, EndTokens endTokens) {

  /** Whether the model's own end tokens end an answer. */
  public enum EndTokens {
    /** They do. */
    HONOURED,
    /** They are tokens like any other. */
    IGNORED
  }

  /** Checks the ranges and copies the list. */
  public StopCriteria {
    InvalidRequestException.checkRange("max-tokens", maxTokens, 1, Integer.MAX_VALUE);
    for (String sequence : sequences) {
      if (sequence.isEmpty()) {
        throw new InvalidRequestException(
            "stop-sequences",
            "\"\"",
            "an empty stop sequence would end every answer",
            "Remove it.");
      }
    }
    sequences = List.copyOf(sequences);
  }

  /**
   * Makes criteria without stop ids.
   *
   * @param maxTokens most tokens of the answer
   * @param sequences texts that end it
   * @param endTokens whether the model's own end tokens count
   */
  public StopCriteria(int maxTokens, List<String> sequences, EndTokens endTokens) {
    this(maxTokens, sequences, TokenIds.empty(), endTokens);
  }

  /**
   * Returns criteria without stop sequences.
   *
   * @param maxTokens most tokens of the answer
   * @return criteria that honour end tokens
   */
  public static StopCriteria maxTokens(int maxTokens) {
    return new StopCriteria(maxTokens, List.of(), EndTokens.HONOURED);
  }
}
