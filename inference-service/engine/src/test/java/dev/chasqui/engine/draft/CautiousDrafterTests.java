package dev.chasqui.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class CautiousDrafterTests {

  private final CautiousDrafter drafter = new CautiousDrafter((tokens, length, most) -> most, 0.1);
  private int length = 100;
  private int drafted;

  @Test
  void guessesMoreAtOnceWhileAllIsRight() {
    assertThat(step(1)).isEqualTo(4);
    assertThat(step(1)).isEqualTo(8);
    assertThat(step(1)).isEqualTo(16);
    assertThat(step(1)).isEqualTo(16);
  }

  @Test
  void guessesLessWhereFewAreRight() {
    step(1);
    step(1);
    assertThat(step(0.25)).isEqualTo(16);
    assertThat(step(0.25)).isEqualTo(5);
  }

  @Test
  void guessesNoMoreThanIsOfUse() {
    assertThat(drafter.draft(new int[0], length, 3)).isEqualTo(3);
  }

  @Test
  void soonGivesUpWhereNothingIsRight() {
    for (int i = 0; i < 1000; i++) {
      step(0);
    }
    assertThat(drafted).isLessThan(30);
  }

  @Test
  void triesAgainLaterAndGoesOnWhereItWasRight() {
    for (int i = 0; i < 100; i++) {
      step(0);
    }
    int before = drafted;
    for (int i = 0; i < 300; i++) {
      step(1);
    }
    assertThat(drafted - before).isGreaterThan(200 * 16 / 2);
  }

  @Test
  void keepsGuessingWhereEverySecondTokenIsRight() {
    Random random = new Random(1);
    int guessing = 0;
    for (int i = 0; i < 400; i++) {
      int inARow = 0;
      while (random.nextBoolean()) {
        inARow++;
      }
      int right = inARow;
      guessing += step(count -> Math.min(right, count)) > 0 ? 1 : 0;
    }
    assertThat(guessing).isGreaterThan(300);
  }

  /** One step of a sequence whose guesses are right to some share, from the first on. */
  private int step(double right) {
    return step(count -> (int) (count * right));
  }

  private int step(IntUnaryOperator right) {
    int count = drafter.draft(new int[0], length, 100);
    int accepted = right.applyAsInt(count);
    if (count > 0) {
      drafter.verified(count, accepted);
    }
    drafted += count;
    length += 1 + accepted;
    return count;
  }
}
