package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.draft.CautiousDrafter;
import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.draft.PromptLookup;

/**
 * Finds who guesses the tokens of an answer; a seam, so that tests can guess as badly as can be.
 */
@FunctionalInterface
interface Drafters {

  /** Guesses by looking back, where anything is to be guessed. */
  Drafters LOOKUP =
      (wanted, tokens) ->
          switch (wanted) {
            case OFF -> Drafter.NONE;
            case LOOKUP, DRAFT -> new CautiousDrafter(new PromptLookup(tokens));
          };

  /**
   * Returns who guesses.
   *
   * @param wanted how the request wants it
   * @param tokens prompt and committed tokens
   */
  Drafter drafter(Speculation wanted, int[] tokens);
}
