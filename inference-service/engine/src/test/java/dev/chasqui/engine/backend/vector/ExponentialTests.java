package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class ExponentialTests {

  @Test
  void isWithinTwoUnitsInTheLastPlace() {
    for (float x = -87.3f; x < 88.3f; x += 0.0137f) {
      double exact = Math.exp(x);
      assertThat((double) exp(x)).as("e^%s", x).isCloseTo(exact, within(exact * 2.4e-7));
    }
  }

  @Test
  void isExactlyOneAtZero() {
    assertThat(exp(0f)).isEqualTo(1f);
    assertThat(exp(-0f)).isEqualTo(1f);
  }

  @Test
  void endsAtZeroBelowAndInfinityAbove() {
    assertThat(exp(-88f)).isZero();
    assertThat(exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(exp(Float.POSITIVE_INFINITY)).isInfinite();
  }

  @Test
  void keepsNotANumber() {
    assertThat(exp(Float.NaN)).isNaN();
  }

  private static float exp(float x) {
    return Exponential.of(FloatVector.broadcast(Lanes.FLOATS, x)).lane(Lanes.COUNT - 1);
  }
}
