package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.topology.ScriptedEngine;
import dev.chasqui.guard.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowTests {

  private static final Policy COUNTS = policy("id=counts\ncategories=S1,S2");
  private static final Policy SAME_QUESTION =
      policy("id=same\ncategories=S1,S2\nunsafe-threshold=0.2");
  private static final Policy OTHER_QUESTION = policy("id=other\ncategories=S1");

  private final ScriptedEngine engine = new ScriptedEngine();
  private final Classifier classifier =
      new Classifier(engine, GuardFormat.named(GuardFormat.LLAMA_GUARD_3));
  private final List<String> heard = new ArrayList<>();

  @Test
  void judgesByTheSameAnswerWhereTheQuestionIsTheSame() {
    judge(SAME_QUESTION);
    engine.score(0.7, 0.3);

    assertThat(heard).containsExactly("counts: Safe", "same: Unsafe");
    assertThat(engine.asked).hasSize(1);
    assertThat(engine.askedCategories).as("only the shadow needs them").hasSize(1);
  }

  @Test
  void asksForTheCategoriesOnceToo() {
    judge(SAME_QUESTION);
    engine.unsafe();

    assertThat(heard).containsExactly("counts: Unsafe", "same: Unsafe");
    assertThat(engine.askedCategories).hasSize(1);
  }

  @Test
  void tellsTheVerdictThatCountsBeforeAShadowIsAsked() {
    judge(OTHER_QUESTION, SAME_QUESTION);
    engine.safe();

    assertThat(heard).containsExactly("counts: Safe");
    assertThat(engine.open).as("the other question").hasSize(1);
    engine.unsafe();
    assertThat(heard).containsExactly("counts: Safe", "other: Unsafe", "same: Safe");
  }

  @Test
  void tellsThatAShadowFailed() {
    judge(OTHER_QUESTION);
    engine.safe();
    engine.answer(new ScoreEvent.Failed("engine-failed", "the device is gone"));

    assertThat(heard).containsExactly("counts: Safe", "other: Undecided");
  }

  @Test
  void doesNotAskShadowsOnATextThatIsTooLong() {
    judge(OTHER_QUESTION);
    engine.tooLong();

    assertThat(heard).containsExactly("counts: Undecided");
    assertThat(engine.open).isEmpty();
  }

  @Test
  void beginsNoShadowOfAJudgingThatWasGivenUp() {
    Inquiry inquiry = judge(OTHER_QUESTION);

    inquiry.cancel();

    assertThat(heard).isEmpty();
    assertThat(engine.open).isEmpty();
  }

  private Inquiry judge(Policy... shadows) {
    Subject subject = new Subject("r", "t", List.of(new Turn(Side.USER, "How?")));
    return classifier.judge(
        subject,
        COUNTS,
        List.of(shadows),
        new ShadowListener() {
          @Override
          public void judged(Verdict verdict) {
            heard.add("counts: " + verdict.getClass().getSimpleName());
          }

          @Override
          public void watched(Policy shadow, Verdict verdict) {
            heard.add(shadow.id() + ": " + verdict.getClass().getSimpleName());
          }
        });
  }

  private static Policy policy(String text) {
    return PolicySource.parse("test", text);
  }
}
