package dev.chasqui.engine.api;

import java.util.Map;
import java.util.Optional;
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
 * @param adapters SHA-256 of the adapters that requests may name, by their names
 */
public record ModelDescription(
    String name,
    String backend,
    String modelHash,
    String templateHash,
    int contextLength,
    int vocabularySize,
    Set<String> specialTokens,
    Map<String, String> adapters) {

  /** Copies the collections. */
  public ModelDescription {
    specialTokens = Set.copyOf(specialTokens);
    adapters = Map.copyOf(adapters);
  }

  /**
   * Describes a model without adapters.
   *
   * @param name the name in the checkpoint, else that of its file
   * @param backend the backend that computes
   * @param modelHash SHA-256 over the weight files
   * @param templateHash SHA-256 of the chat template; empty without one
   * @param contextLength most tokens of prompt and answer together
   * @param vocabularySize number of token ids
   * @param specialTokens texts of the control tokens
   */
  public ModelDescription(
      String name,
      String backend,
      String modelHash,
      String templateHash,
      int contextLength,
      int vocabularySize,
      Set<String> specialTokens) {
    this(
        name,
        backend,
        modelHash,
        templateHash,
        contextLength,
        vocabularySize,
        specialTokens,
        Map.of());
  }

  /**
   * Returns the hash of what a request names.
   *
   * @param adapter name of an adapter; empty for the model as it is
   * @return its SHA-256; empty for none, and for one that is not there
   */
  public String adapterHash(Optional<String> adapter) {
    return adapter.map(name -> adapters.getOrDefault(name, "")).orElse("");
  }
}
