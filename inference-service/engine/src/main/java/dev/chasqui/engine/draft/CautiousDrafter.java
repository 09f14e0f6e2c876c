package dev.chasqui.engine.draft;

/**
 * Guesses fewer tokens the more of them were wrong, and for a while none at all.
 *
 * <p>A guess costs a row of the step, right or wrong. On a CPU eight rows took 1.4 to 1.5 times as
 * long as one. So where guessing itself is free, it pays when one in ten or more is right. This
 * gives up below a least share and tries again after {@value #FIRST_PAUSE} tokens, each time after
 * twice as many.
 */
public final class CautiousDrafter implements Drafter {

  /** It begins as if so many times the least share had been right; with that it is good again. */
  private static final double CREDIT = 2;

  /** What a draft counts for when the next one comes. */
  private static final double DECAY = 0.9;

  private static final int FIRST_DRAFTED = 8;
  private static final int FIRST_LENGTH = 4;
  private static final int LEAST_LENGTH = 2;
  private static final int MOST_LENGTH = 16;
  private static final int FIRST_PAUSE = 16;
  private static final int LONGEST_PAUSE = 256;

  private final Drafter drafter;
  private final double leastAcceptance;

  /** Running sums of guesses and of right ones; they begin as if there had been some. */
  private double drafted = FIRST_DRAFTED;

  private double accepted;
  private int draftLength = FIRST_LENGTH;
  private int pauseTokens = FIRST_PAUSE;
  private int resumeAt;
  private int lastLength;

  /**
   * Makes a drafter that trusts another one as far as it was right.
   *
   * @param drafter who guesses
   * @param leastAcceptance share of right guesses below which guessing costs more than it saves
   */
  public CautiousDrafter(Drafter drafter, double leastAcceptance) {
    this.drafter = drafter;
    this.leastAcceptance = leastAcceptance;
    this.accepted = CREDIT * leastAcceptance * FIRST_DRAFTED;
  }

  @Override
  public int draft(int[] tokens, int length, int most) {
    lastLength = length;
    return length < resumeAt ? 0 : drafter.draft(tokens, length, Math.min(most, draftLength));
  }

  @Override
  public void verified(int count, int right) {
    drafter.verified(count, right);
    drafted = DECAY * drafted + count;
    accepted = DECAY * accepted + right;
    draftLength =
        right == count ? Math.min(MOST_LENGTH, 2 * draftLength) : Math.max(LEAST_LENGTH, right + 1);
    if (accepted < leastAcceptance * drafted) {
      pause();
    } else if (accepted >= CREDIT * leastAcceptance * drafted) {
      pauseTokens = FIRST_PAUSE;
    }
  }

  @Override
  public void end() {
    drafter.end();
  }

  /** Behind the pause, one wrong draft begins the next one. */
  private void pause() {
    resumeAt = lastLength + pauseTokens;
    pauseTokens = Math.min(LONGEST_PAUSE, 2 * pauseTokens);
    drafted = FIRST_DRAFTED;
    accepted = leastAcceptance * drafted;
    draftLength = LEAST_LENGTH;
  }
}
