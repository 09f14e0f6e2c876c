package dev.chasqui.engine.api;

/**
 * How tokens of an answer are guessed ahead, to verify several of them in one step. The answer is
 * the same in any case: each token is drawn from the model's own logits with the random number of
 * its position, and a guess is kept only if it is that token.
 */
public enum Speculation {
  /** One token a step. */
  OFF,
  /**
   * The answer is guessed to repeat its prompt or itself; for a while no more where it does not.
   */
  LOOKUP,
  /** A smaller model guesses; {@link #LOOKUP} where the engine has none. */
  DRAFT
}
