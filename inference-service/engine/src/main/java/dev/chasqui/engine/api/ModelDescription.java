package dev.chasqui.engine.api;

import java.util.Set;

/**
 * What a loaded model is.
 *
 * @param name the name in the checkpoint, else that of its file
 * @param backend the backend that computes, for example {@code vector}
 * @param modelHash SHA-256 over the weight files, lower-case hexadecimal
 * @param templateHash SHA-256 of the chat template, lower-case hexadecimal; empty without one
 * @param contextLength most tokens of prompt and answer together
 * @param vocabularySize number of token ids
 * @param specialTokens texts of the control tokens, for example {@code <|eot_id|>}
 */
public record ModelDescription(
    String name,
    String backend,
    String modelHash,
    String templateHash,
    int contextLength,
    int vocabularySize,
    Set<String> specialTokens) {

  /** Copies the set. */
  public ModelDescription {
    specialTokens = Set.copyOf(specialTokens);
  }
}
