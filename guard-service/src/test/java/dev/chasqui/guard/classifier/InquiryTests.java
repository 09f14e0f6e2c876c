package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.ScriptedEngine;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InquiryTests {

  private static final String HAZARDS = "id=a\ncategories=S1,S2,S3\n";
  private static final Policy PLAIN = policy(HAZARDS);
  private static final Policy RULED =
      policy(
          HAZARDS + "undecided=admit\ncategory.S2.action=allow\ncategory.S3.unsafe-threshold=0.2");

  private final ScriptedEngine engine = new ScriptedEngine();
  private final Classifier classifier =
      new Classifier(engine, GuardFormat.named(GuardFormat.LLAMA_GUARD_3));
  private final List<Verdict> verdicts = new ArrayList<>();

  @Test
  void asksForTheHazardsOfAnUnsafeTextInOneQuestionOnTheSamePrompt() {
    engine.categories = codes -> scored(0.1, 0.7, 0.2);

    judge(PLAIN);
    engine.unsafe();

    ScriptedEngine.Question question = only(engine.askedCategories);
    assertThat(question.request().continuations()).containsExactly("S1", "S2", "S3");
    assertThat(question.request().prompt()).isEqualTo(engine.asked.getFirst().request().prompt());
    assertThat(question.request().leadIn())
        .isEqualTo(engine.asked.getFirst().request().leadIn() + "unsafe\n");
    assertThat(only(verdicts))
        .isInstanceOfSatisfying(
            Verdict.Unsafe.class,
            unsafe -> {
              assertThat(unsafe.categories()).containsExactly("S2");
              double whole = unsafe.score().unsafe();
              assertThat(unsafe.score().categories().get("S2"))
                  .isCloseTo(whole * 0.7, within(1e-9));
            });
  }

  @Test
  void doesNotAskForHazardsWhereNoneCouldMatter() {
    judge(PLAIN);
    engine.score(0.6, 0.4);
    judge(RULED);
    engine.score(0.9, 0.1);
    judge(policy(HAZARDS + "category-scores=never"));
    engine.unsafe();

    assertThat(engine.askedCategories).isEmpty();
    assertThat(verdicts)
        .hasExactlyElementsOfTypes(Verdict.Safe.class, Verdict.Safe.class, Verdict.Unsafe.class);
  }

  @Test
  void asksForHazardsBelowTheTextsThresholdWhereOneHasALowerOne() {
    engine.categories = codes -> scored(0.05, 0.05, 0.9);

    judge(RULED);
    engine.score(0.7, 0.3);

    assertThat(only(verdicts))
        .isInstanceOfSatisfying(
            Verdict.Unsafe.class, unsafe -> assertThat(unsafe.categories()).containsExactly("S3"));
  }

  @Test
  void asksForTheHazardsOfASafeTextWhereThePolicyAlwaysDoes() {
    judge(policy(HAZARDS + "category-scores=always"));
    engine.safe();

    assertThat(only(verdicts))
        .isInstanceOfSatisfying(
            Verdict.Safe.class,
            safe -> assertThat(safe.score().categories()).containsOnlyKeys("S1", "S2", "S3"));
  }

  @Test
  void admitsAnAllowedHazard() {
    engine.categories = codes -> scored(0.05, 0.9, 0.05);

    judge(RULED);
    engine.unsafe();

    assertThat(only(verdicts)).isInstanceOf(Verdict.Safe.class);
  }

  @Test
  void admitsNothingWhoseHazardsCannotBeTold() {
    List<ScoreEvent> failures =
        List.of(
            scored(Double.NaN, 0.5, 0.5),
            scored(0.001, 0.002, 0.001),
            new ScoreEvent.Scored(List.of(-1.0), 1, 1),
            new ScoreEvent.Failed("engine-failed", "the device is gone"));
    for (ScoreEvent failure : failures) {
      engine.categories = codes -> failure;
      judge(RULED);
      engine.unsafe();

      assertThat(verdicts.removeFirst())
          .isInstanceOfSatisfying(
              Verdict.Undecided.class,
              undecided -> {
                assertThat(undecided.cause()).isEqualTo(Cause.NO_CATEGORIES);
                assertThat(RULED.admits(undecided)).as("though it fails open").isFalse();
              });
    }
  }

  @Test
  void failsOpenWhereOnlyARuleWasMissedAndThePolicySaysSo() {
    engine.categories = codes -> new ScoreEvent.Failed("engine-failed", "the device is gone");

    judge(RULED);
    engine.score(0.7, 0.3);

    assertThat(only(verdicts)).isInstanceOf(Verdict.Undecided.class).matches(RULED::admits);
  }

  @Test
  void keepsAVerdictWithoutHazardsWhereNoRuleNeedsThem() {
    engine.categories = codes -> new ScoreEvent.Failed("engine-failed", "the device is gone");

    judge(PLAIN);
    engine.unsafe();

    assertThat(only(verdicts))
        .isInstanceOfSatisfying(
            Verdict.Unsafe.class, unsafe -> assertThat(unsafe.categories()).isEmpty());
  }

  @Test
  void tellsThatThePromptNoLongerFits() {
    engine.categories = codes -> new ScoreEvent.Failed("context-length-exceeded", "one too many");

    judge(RULED);
    engine.unsafe();

    assertThat(only(verdicts))
        .isInstanceOfSatisfying(
            Verdict.Undecided.class,
            undecided -> assertThat(undecided.cause()).isEqualTo(Cause.TOO_LONG));
  }

  @Test
  void standsByTheScoreThatIsThereWhenTheRestIsLate() {
    engine.categories = null;
    Inquiry inquiry = judge(PLAIN);

    assertThat(inquiry.standing(Cause.TIMED_OUT, "late"))
        .isEqualTo(Verdict.undecided(Cause.TIMED_OUT, "late"));
    engine.unsafe();

    assertThat(verdicts).isEmpty();
    assertThat(inquiry.standing(Cause.TIMED_OUT, "late")).isInstanceOf(Verdict.Unsafe.class);
  }

  @Test
  void cancelsTheSecondQuestionToo() {
    engine.categories = null;
    Inquiry inquiry = judge(PLAIN);
    engine.unsafe();
    assertThat(engine.open).hasSize(1);

    inquiry.cancel();

    assertThat(engine.open).isEmpty();
    assertThat(verdicts).isEmpty();
  }

  @Test
  void asksNoHazardsOfAGuardThatKnowsNone() {
    Policy always = policy(HAZARDS + "category-scores=always");
    GuardFormat format = GuardFormat.named(GuardFormat.DEFAULT_GUARD);

    format.check(always);
    assertThatThrownBy(() -> format.check(RULED))
        .hasMessageContaining("a@1")
        .hasMessageContaining("default-guard");
    GuardFormat.named(GuardFormat.LLAMA_GUARD_3).check(RULED);
  }

  private Inquiry judge(Policy policy) {
    Subject subject = new Subject("r", "t", List.of(new Turn(Side.USER, "How?")));
    return classifier.judge(subject, policy, verdicts::add);
  }

  private static ScoreEvent scored(double... probabilities) {
    List<Double> logs = new ArrayList<>();
    for (double probability : probabilities) {
      logs.add(Math.log(probability));
    }
    return new ScoreEvent.Scored(logs, 100, 99);
  }

  private static Policy policy(String text) {
    return PolicySource.parse("test", text);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.getFirst();
  }
}
