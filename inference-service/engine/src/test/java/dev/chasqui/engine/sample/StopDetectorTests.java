package dev.chasqui.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.StopCriteria.EndTokens;
import dev.chasqui.engine.api.TokenIds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopDetectorTests {

  @Test
  void holdsBackWhatMayBecomeAStopSequence() {
    StopDetector detector = detector("\nUser:");
    assertThat(detector.accept(1, "Yes.\nU")).isEqualTo("Yes.");
    assertThat(detector.accept(2, "s")).isEmpty();
    assertThat(detector.accept(3, "ing it")).isEqualTo("\nUsing it");
    assertThat(detector.reason()).isEmpty();
  }

  @Test
  void endsAtAStopSequenceAcrossTokenBorders() {
    StopDetector detector = detector("STOP");
    String text = detector.accept(1, "go ST") + detector.accept(2, "O") + detector.accept(3, "P!");
    assertThat(text + detector.finish("more")).isEqualTo("go ");
    assertThat(detector.reason()).contains(FinishReason.STOP);
  }

  @Test
  void aStopSequenceMayOverlapItsOwnBeginning() {
    StopDetector detector = detector("aab");
    assertThat(detector.accept(1, "aa") + detector.accept(2, "ab") + detector.finish(""))
        .isEqualTo("a");
    assertThat(detector.reason()).contains(FinishReason.STOP);
  }

  @Test
  void theSequenceThatIsCompleteFirstWins() {
    StopDetector detector = detector("abcd", "bc");
    assertThat(detector.accept(1, "xabcd") + detector.finish("")).isEqualTo("xa");
  }

  @Test
  void cutsDoNotMatter() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(30, 0, 3).forEach(letter -> text.append((char) ('a' + letter)));
      StopDetector whole = detector("abca", "cc", "bcab");
      StopDetector cut = detector("abca", "cc", "bcab");
      String expected = whole.accept(0, text.toString()) + whole.finish("");
      StringBuilder actual = new StringBuilder();
      int at = 0;
      while (at < text.length() && cut.reason().isEmpty()) {
        int next = Math.min(text.length(), at + random.nextInt(4));
        actual.append(cut.accept(0, text.substring(at, next)));
        at = next;
      }
      assertThat(actual + cut.finish("")).isEqualTo(expected);
      assertThat(cut.reason()).isEqualTo(whole.reason());
    }
  }

  @Test
  void maxTokensAndTheContextEndWithLength() {
    StopDetector byRequest = new StopDetector(StopCriteria.maxTokens(2), TokenIds.of(9), 100);
    byRequest.accept(1, "a");
    assertThat(byRequest.reason()).isEmpty();
    byRequest.accept(1, "b");
    assertThat(byRequest.reason()).contains(FinishReason.LENGTH);

    StopDetector byContext = new StopDetector(StopCriteria.maxTokens(100), TokenIds.of(9), 1);
    byContext.accept(1, "a");
    assertThat(byContext.reason()).contains(FinishReason.LENGTH);
  }

  @Test
  void anEndTokenCountsUnlessIgnored() {
    StopDetector honoured = new StopDetector(StopCriteria.maxTokens(9), TokenIds.of(8, 9), 100);
    honoured.accept(9, "");
    assertThat(honoured.reason()).contains(FinishReason.STOP);

    StopCriteria ignoring = new StopCriteria(9, List.of(), EndTokens.IGNORED);
    StopDetector ignored = new StopDetector(ignoring, TokenIds.of(8, 9), 100);
    ignored.accept(9, "");
    assertThat(ignored.reason()).isEmpty();
  }

  @Test
  void theLastTokenBringsWhatWasHeldBack() {
    StopDetector detector = new StopDetector(criteria(1, "abc"), TokenIds.empty(), 100);
    assertThat(detector.accept(1, "xab")).isEqualTo("x");
    assertThat(detector.finish("\uFFFD")).isEqualTo("ab\uFFFD");
  }

  private static StopDetector detector(String... sequences) {
    return new StopDetector(criteria(100, sequences), TokenIds.empty(), 100);
  }

  @Test
  void stopTokensEndAnAnswerThoughEndTokensDoNot() {
    StopCriteria criteria = new StopCriteria(9, List.of(), TokenIds.of(7, 8), EndTokens.IGNORED);
    StopDetector detector = new StopDetector(criteria, TokenIds.of(2), 9);
    detector.accept(2, "a");
    assertThat(detector.reason()).isEmpty();
    detector.accept(8, "b");
    assertThat(detector.reason()).contains(FinishReason.STOP);
  }

  private static StopCriteria criteria(int maxTokens, String... sequences) {
    return new StopCriteria(maxTokens, List.of(sequences), EndTokens.HONOURED);
  }
}
