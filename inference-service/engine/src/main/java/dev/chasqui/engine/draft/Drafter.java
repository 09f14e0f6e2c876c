package dev.chasqui.engine.draft;

/**
 * Guesses the next tokens of one sequence. Made on any thread, used on the engine's; nothing is
 * allocated per token.
 */
@FunctionalInterface
public interface Drafter {

  /** Guesses nothing. */
  Drafter NONE = (tokens, length, most) -> 0;

  /**
   * Guesses. From call to call the sequence only grows, by any number of tokens.
   *
   * @param tokens the sequence's tokens, with room for the guesses, which are written behind them
   * @param length how many tokens the sequence has
   * @param most how many guesses are of use, at least 1
   * @return how many there are, from 0 to {@code most}
   */
  int draft(int[] tokens, int length, int most);

  /**
   * Learns what became of its last guesses.
   *
   * @param drafted how many were verified, at least 1
   * @param accepted how many of them the model drew as well, from the first on
   */
  default void verified(int drafted, int accepted) {}

  /** Frees what it holds for the sequence, which has ended or lost its blocks; may guess again. */
  default void end() {}
}
