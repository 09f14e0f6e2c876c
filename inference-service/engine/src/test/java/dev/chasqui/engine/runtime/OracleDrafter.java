package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.draft.Drafter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Knows the answer, and guesses its tokens or any others as a seeded dice falls. */
final class OracleDrafter implements Drafter {

  /** The sequence with the guesses behind it, and how many of its tokens were sure. */
  record Guess(TokenIds tokens, int known) {}

  final List<Guess> guesses = new ArrayList<>();
  private final TokenIds whole;
  private final double rightShare;
  private final Random random;

  /**
   * Makes a drafter.
   *
   * @param whole prompt and answer
   * @param rightShare how probable it is that a guess is the right token
   * @param seed of the dice
   */
  OracleDrafter(TokenIds whole, double rightShare, long seed) {
    this.whole = whole;
    this.rightShare = rightShare;
    this.random = new Random(seed);
  }

  @Override
  public int draft(int[] tokens, int length, int most) {
    int count = rightShare == 1 ? most : random.nextInt(most + 1);
    for (int position = length; position < length + count; position++) {
      boolean right = position < whole.size() && random.nextDouble() < rightShare;
      tokens[position] = right ? whole.get(position) : random.nextInt(512);
    }
    guesses.add(new Guess(TokenIds.of(Arrays.copyOf(tokens, length + count)), length));
    return count;
  }
}
