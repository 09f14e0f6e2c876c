package dev.chasqui.engine.runtime;

import java.util.List;

/**
 * What a model thinks of each position of a prompt.
 *
 * @param last logits behind the last token [vocabulary]
 * @param best the best tokens behind each token, in the order of positions
 */
public record PromptLogits(float[] last, List<TopLogits> best) {

  /** Copies the list. */
  public PromptLogits {
    best = List.copyOf(best);
  }
}
