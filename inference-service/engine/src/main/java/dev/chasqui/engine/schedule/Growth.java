package dev.chasqui.engine.schedule;

import dev.chasqui.engine.draft.Drafter;

/**
 * How a sequence grows.
 *
 * @param mostTokens tokens that it can come to have, at most: none is guessed that could never be
 * @param drafter guesses its next tokens
 */
public record Growth(int mostTokens, Drafter drafter) {

  /** Without bound, and nobody guesses. */
  static final Growth PLAIN = new Growth(Integer.MAX_VALUE, Drafter.NONE);
}
