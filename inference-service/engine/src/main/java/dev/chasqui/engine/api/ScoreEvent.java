package dev.chasqui.engine.api;

import java.util.List;

/** The one answer to a {@link ScoreRequest}. */
public sealed interface ScoreEvent {

  /**
   * The probabilities.
   *
   * @param logProbabilities natural-log probability of each whole continuation after prompt and
   *     lead-in, in the order of the request; may be NaN where the logits were
   * @param promptTokens tokens of prompt and lead-in
   * @param cachedPromptTokens those of them found in the prefix cache
   */
  record Scored(List<Double> logProbabilities, int promptTokens, int cachedPromptTokens)
      implements ScoreEvent {

    /** Copies the list. */
    public Scored {
      logProbabilities = List.copyOf(logProbabilities);
    }
  }

  /**
   * No score can be had.
   *
   * @param code stable code, for example {@code context-length-exceeded} or {@code cancelled}
   * @param message what is wrong, the value, the limit, what to do
   */
  record Failed(String code, String message) implements ScoreEvent {}
}
