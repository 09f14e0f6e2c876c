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

  /** A guess that was looked up costs its row of the step and nothing else. */
  double LEAST_ACCEPTANCE_OF_LOOKUP = 0.1;

  /** A guess of a draft model costs a step of that model as well. */
  double LEAST_ACCEPTANCE_OF_MODEL = 0.3;

  /** Guesses by looking back, where anything is to be guessed. */
  Drafters LOOKUP =
      (wanted, tokens) ->
          switch (wanted) {
            case OFF -> Drafter.NONE;
            case LOOKUP, DRAFT ->
                new CautiousDrafter(new PromptLookup(tokens), LEAST_ACCEPTANCE_OF_LOOKUP);
          };

  /**
   * Returns drafters that ask a model where a request wants that.
   *
   * @param model the model
   */
  static Drafters with(DraftModel model) {
    return (wanted, tokens) ->
        wanted == Speculation.DRAFT
            ? new CautiousDrafter(model.drafter(), LEAST_ACCEPTANCE_OF_MODEL)
            : LOOKUP.drafter(wanted, tokens);
  }

  /**
   * Returns who guesses.
   *
   * @param wanted how the request wants it
   * @param tokens prompt and committed tokens
   */
  Drafter drafter(Speculation wanted, int[] tokens);
}
