package dev.chasqui.guard.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdsTests {

  private static final Thresholds USUAL = new Thresholds(0.5, 0.5);

  @ParameterizedTest
  @CsvSource({
    "NaN, -1",
    "-1, NaN",
    "NaN, NaN",
    "Infinity, -1",
    "-1, Infinity",
    "-Infinity, -Infinity",
    "0.5, -1",
    "-0.1, -0.1"
  })
  void decidesNothingWhereThereIsNoNumber(double safe, double unsafe) {
    assertThat(new Thresholds(0.5, 0).judge(safe, unsafe))
        .isInstanceOfSatisfying(
            Verdict.Undecided.class,
            undecided -> assertThat(undecided.cause()).isEqualTo(Cause.NO_NUMBER));
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.05, false", "0.05, 0.9, true", "0.45, 0.45, true", "0.46, 0.45, false"})
  void comparesTheScoreWithTheThreshold(double safe, double unsafe, boolean isUnsafe) {
    Verdict verdict = USUAL.judge(Math.log(safe), Math.log(unsafe));

    assertThat(verdict).isInstanceOf(isUnsafe ? Verdict.Unsafe.class : Verdict.Safe.class);
  }

  @ParameterizedTest
  @CsvSource({"0.71, Safe", "0.70, Review", "0.51, Review", "0.50, Unsafe", "0.1, Unsafe"})
  void givesTheBandBelowUnsafeToAPerson(double safe, String verdict) {
    Thresholds thresholds = new Thresholds(0.5, Optional.of(0.3), 0.5);

    assertThat(thresholds.judge(Math.log(safe), Math.log(1 - safe)).getClass().getSimpleName())
        .isEqualTo(verdict);
  }

  @Test
  void isUndecidedWhenTheVerdictsHoldTooLittle() {
    Verdict verdict = USUAL.judge(Math.log(0.0010), Math.log(0.0003));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Undecided.class,
            undecided -> {
              assertThat(undecided.cause()).isEqualTo(Cause.LOW_MASS);
              assertThat(undecided.reason()).contains("0.0013").contains("0.5");
              assertThat(undecided.score().orElseThrow().unsafe()).isCloseTo(0.2308, within(1e-4));
            });
  }

  @Test
  void takesOneImpossibleVerdictForCertainty() {
    assertThat(USUAL.judge(0, Double.NEGATIVE_INFINITY)).isInstanceOf(Verdict.Safe.class);
    assertThat(USUAL.judge(Double.NEGATIVE_INFINITY, 0)).isInstanceOf(Verdict.Unsafe.class);
  }

  @Test
  void neverCallsATextSafeThatIsLikelierUnsafeOrBarelyJudged() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      double mass = random.nextDouble();
      double unsafe = mass * random.nextDouble();
      Thresholds thresholds = new Thresholds(1e-9 + random.nextDouble(0.999), random.nextDouble());

      Verdict verdict = thresholds.judge(Math.log(mass - unsafe), Math.log(unsafe));

      if (verdict instanceof Verdict.Safe(Score score)) {
        assertThat(score.unsafe()).isLessThan(thresholds.unsafe());
        assertThat(score.mass()).isGreaterThanOrEqualTo(thresholds.minimumMass());
        assertThat(score.unsafe()).isCloseTo(unsafe / mass, within(1e-9));
      }
    }
  }

  @Test
  void keepsTheRatioWhereProbabilitiesUnderflow() {
    Verdict verdict = new Thresholds(0.5, 0).judge(-2000, -1999);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Unsafe.class,
            unsafe -> assertThat(unsafe.score().unsafe()).isCloseTo(0.7311, within(1e-4)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
  void refusesThresholdsOutOfRange(double unsafe) {
    assertThatThrownBy(() -> new Thresholds(unsafe, 0.5)).hasMessageContaining("unsafe-threshold");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesAMassOutOfRange(double mass) {
    assertThatThrownBy(() -> new Thresholds(0.5, mass))
        .hasMessageContaining("minimum-verdict-mass");
  }
}
