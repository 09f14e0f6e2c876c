package dev.chasqui.engine.api;

import java.util.List;

/**
 * How probable one token was, in the model's own distribution: before penalties, bias, temperature
 * and whatever else changes the draw.
 *
 * @param logprob natural-log probability of the token that was drawn
 * @param alternatives ids of the most probable tokens, the best first
 * @param alternativeLogprobs their natural-log probabilities
 */
public record Logprobs(float logprob, TokenIds alternatives, List<Float> alternativeLogprobs) {

  /** The most alternatives that may be asked for. */
  public static final int MOST_ALTERNATIVES = 20;

  /** Copies the list and checks that the lengths agree. */
  public Logprobs {
    alternativeLogprobs = List.copyOf(alternativeLogprobs);
    if (alternativeLogprobs.size() != alternatives.size()) {
      throw new IllegalArgumentException(
          "%d alternatives have %d log-probabilities"
              .formatted(alternatives.size(), alternativeLogprobs.size()));
    }
  }
}
