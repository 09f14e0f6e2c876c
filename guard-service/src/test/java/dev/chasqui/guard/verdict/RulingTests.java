package dev.chasqui.guard.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;

class RulingTests {

  private static final Thresholds USUAL = new Thresholds(0.5, Optional.of(0.3), 0.5);
  private static final List<String> CODES = List.of("S1", "S2", "S3", "S4");
  private static final int CASES = 20_000;

  @Test
  void stopsAtALowerScoreForOneHazard() {
    Ruling ruling = ruling(Map.of("S4", rule(0.1, Action.BLOCK)));

    assertThat(ruling.judge(score(0.2, Map.of("S4", 0.15, "S1", 0.05)))).satisfies(unsafe("S4"));
    assertThat(ruling.judge(score(0.2, Map.of("S4", 0.05, "S1", 0.15))))
        .isInstanceOf(Verdict.Safe.class);
  }

  @Test
  void excusesAnAllowedHazardAndNoOther() {
    Ruling ruling = ruling(Map.of("S2", rule(0.2, Action.ALLOW)));

    assertThat(ruling.judge(score(0.9, Map.of("S2", 0.8, "S1", 0.1))))
        .isInstanceOf(Verdict.Safe.class);
    assertThat(ruling.judge(score(0.9, Map.of("S2", 0.3, "S1", 0.6)))).satisfies(unsafe("S1"));
    assertThat(ruling.judge(score(0.9, Map.of("S2", 0.5, "S1", 0.4)))).satisfies(review("S1"));
  }

  @Test
  void givesAHazardToAPersonUnlessAStricterOneIsAbove() {
    Ruling ruling = ruling(Map.of("S2", rule(0.2, Action.REVIEW), "S3", rule(0.25, Action.BLOCK)));

    assertThat(ruling.judge(score(0.9, Map.of("S2", 0.7, "S3", 0.2)))).satisfies(review("S2"));
    assertThat(ruling.judge(score(0.9, Map.of("S2", 0.6, "S3", 0.3)))).satisfies(unsafe("S3"));
  }

  @Test
  void namesEveryHazardThatLedToItTheLikeliestFirst() {
    Ruling ruling = ruling(Map.of("S1", rule(0.1, Action.BLOCK), "S3", rule(0.1, Action.BLOCK)));

    assertThat(ruling.judge(score(0.9, Map.of("S1", 0.2, "S2", 0.3, "S3", 0.4))))
        .satisfies(unsafe("S3", "S1"));
  }

  @Test
  void decidesByTheTextAloneWhereNoHazardIsAboveItsThreshold() {
    Random random = new Random(1);
    for (int i = 0; i < CASES; i++) {
      Ruling ruling = new Ruling(thresholds(random), rules(random));
      Score score = split(random.nextDouble(), random);
      if (CODES.stream().allMatch(code -> actionOn(ruling, score, code).isEmpty())) {
        Action text = ruling.thresholds().actionOn(score.unsafe());

        assertThat(action(ruling.judge(score))).isEqualTo(text);
      }
    }
  }

  @Test
  void isTheStrictestOfTheHazardsAboveAndOfTheRest() {
    Random random = new Random(2);
    for (int i = 0; i < CASES; i++) {
      Ruling ruling = new Ruling(thresholds(random), rules(random));
      Score score = split(random.nextDouble(), random);

      Action expected = ruling.thresholds().actionOn(rest(ruling, score));
      for (String code : CODES) {
        Optional<Action> action = actionOn(ruling, score, code);
        expected = action.filter(Action.BLOCK::equals).orElse(expected);
        if (expected != Action.BLOCK) {
          expected = action.filter(Action.REVIEW::equals).orElse(expected);
        }
      }

      assertThat(action(ruling.judge(score))).as("%s of %s", ruling, score).isEqualTo(expected);
    }
  }

  @Test
  void isNotMilderForARuleThatStopsAHazard() {
    Random random = new Random(3);
    for (int i = 0; i < CASES; i++) {
      Thresholds thresholds = thresholds(random);
      Score score = split(random.nextDouble(), random);
      Ruling without = new Ruling(thresholds, Map.of());
      Ruling with = new Ruling(thresholds, Map.of("S1", rule(random.nextDouble(), Action.BLOCK)));

      assertThat(action(with.judge(score))).isGreaterThanOrEqualTo(action(without.judge(score)));
    }
  }

  @Test
  void lacksNothingWhereAPlainlySafeTextIsNotAskedForItsHazards() {
    Random random = new Random(4);
    int plain = 0;
    for (int i = 0; i < CASES; i++) {
      Ruling ruling = new Ruling(thresholds(random), rules(random));
      double unsafe = random.nextDouble();
      if (!ruling.isConcernedBy(new Score(unsafe, 1))) {
        plain++;
        assertThat(ruling.judge(split(unsafe, random))).isInstanceOf(Verdict.Safe.class);
      }
    }
    assertThat(plain).isGreaterThan(CASES / 100);
  }

  @Test
  void doesNotAdmitBlindlyWhatARuleWouldHaveDecided() {
    Ruling ruling = ruling(Map.of("S2", rule(0.2, Action.ALLOW)));

    assertThat(ruling.judgeWithoutCategories(new Score(0.4, 1), Cause.NO_CATEGORIES, "gone"))
        .isEqualTo(
            new Verdict.Undecided(Cause.NO_CATEGORIES, "gone", Optional.of(new Score(0.4, 1))));
    assertThat(ruling.judgeWithoutCategories(new Score(0.1, 1), Cause.NO_CATEGORIES, "gone"))
        .as("plainly safe")
        .isEqualTo(new Verdict.Safe(new Score(0.1, 1)));
    assertThat(
            ruling(Map.of()).judgeWithoutCategories(new Score(0.8, 1), Cause.NO_CATEGORIES, "gone"))
        .as("no rule to lack")
        .isEqualTo(Verdict.unsafe(new Score(0.8, 1)));
  }

  @Test
  void splitsAScoreByWhatTheModelNamesFirst() {
    Score whole = new Score(0.8, 0.9);

    Score split =
        USUAL
            .split(whole, CODES, List.of(-1000.0, -1000.0, Double.NEGATIVE_INFINITY, -1100.0))
            .orElse(whole);
    assertThat(split).as("next to no mass").isEqualTo(whole);

    List<Double> logs = List.of(Math.log(0.45), Math.log(0.15), Double.NEGATIVE_INFINITY, -50.0);
    Map<String, Double> parts = USUAL.split(whole, CODES, logs).orElseThrow().categories();
    assertThat(parts.keySet()).containsExactlyElementsOf(CODES);
    assertThat(parts.get("S1")).isBetween(0.5999, 0.6001);
    assertThat(parts.get("S2")).isBetween(0.1999, 0.2001);
    assertThat(parts.get("S3")).isZero();
  }

  @Test
  void splitsNothingByWhatIsNoProbability() {
    Score whole = new Score(0.8, 0.9);
    Thresholds lax = new Thresholds(0.5, 0);
    double none = Double.NEGATIVE_INFINITY;

    assertThat(lax.split(whole, List.of("S1", "S2"), List.of(-1.0, Double.NaN))).isEmpty();
    assertThat(lax.split(whole, List.of("S1", "S2"), List.of(none, none))).isEmpty();
    assertThat(lax.split(whole, List.of("S1", "S2"), List.of(-1.0, 0.1))).isEmpty();
    assertThat(lax.split(whole, List.of("S1", "S2"), List.of(-1.0))).isEmpty();
  }

  /** What the rest of the score is, said once more and otherwise. */
  private static double rest(Ruling ruling, Score score) {
    double rest = score.unsafe();
    for (String code : CODES) {
      if (actionOn(ruling, score, code).filter(action -> action != Action.BLOCK).isPresent()) {
        rest -= score.categories().get(code);
      }
    }
    return rest;
  }

  private static Optional<Action> actionOn(Ruling ruling, Score score, String code) {
    return Optional.ofNullable(ruling.rules().get(code))
        .flatMap(rule -> rule.actionOn(score.categories().get(code), ruling.thresholds()));
  }

  private static Action action(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Safe _ -> Action.ALLOW;
      case Verdict.Review _ -> Action.REVIEW;
      case Verdict.Unsafe _ -> Action.BLOCK;
      case Verdict.Undecided undecided -> throw new AssertionError(undecided);
    };
  }

  private static Thresholds thresholds(Random random) {
    double unsafe = 0.05 + random.nextDouble(0.95);
    return new Thresholds(
        unsafe,
        random.nextBoolean()
            ? Optional.of(unsafe * (0.1 + random.nextDouble(0.9)))
            : Optional.empty(),
        0);
  }

  private static Map<String, CategoryRule> rules(Random random) {
    Map<String, CategoryRule> rules = new HashMap<>();
    for (String code : CODES) {
      if (random.nextBoolean()) {
        Action action = Action.values()[random.nextInt(3)];
        double unsafe = 0.05 + random.nextDouble(0.95);
        Optional<Double> review =
            action == Action.ALLOW || random.nextBoolean()
                ? Optional.empty()
                : Optional.of(unsafe * (0.1 + random.nextDouble(0.9)));
        rules.put(code, new CategoryRule(Optional.of(unsafe), review, action));
      }
    }
    return rules;
  }

  /** Splits a score at random places. */
  private static Score split(double unsafe, Random random) {
    List<Double> cuts = new ArrayList<>(List.of(0.0, 1.0));
    for (int i = 1; i < CODES.size(); i++) {
      cuts.add(random.nextDouble());
    }
    cuts.sort(Comparator.naturalOrder());
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < CODES.size(); i++) {
      parts.put(CODES.get(i), unsafe * (cuts.get(i + 1) - cuts.get(i)));
    }
    return new Score(unsafe, 1, parts);
  }

  private static Ruling ruling(Map<String, CategoryRule> rules) {
    return new Ruling(USUAL, rules);
  }

  private static CategoryRule rule(double unsafe, Action action) {
    return new CategoryRule(Optional.of(Math.max(unsafe, 1e-9)), Optional.empty(), action);
  }

  private static ThrowingConsumer<Verdict> unsafe(String... codes) {
    return verdict ->
        assertThat(verdict)
            .isInstanceOfSatisfying(
                Verdict.Unsafe.class, it -> assertThat(it.categories()).containsExactly(codes));
  }

  private static ThrowingConsumer<Verdict> review(String... codes) {
    return verdict ->
        assertThat(verdict)
            .isInstanceOfSatisfying(
                Verdict.Review.class, it -> assertThat(it.categories()).containsExactly(codes));
  }

  private static Score score(double unsafe, Map<String, Double> parts) {
    return new Score(unsafe, 1, parts);
  }
}
