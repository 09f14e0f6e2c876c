package dev.chasqui.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenCountsTests {

  @Test
  void countsAsAMapDoes() {
    Random random = new Random(2);
    TokenCounts counts = new TokenCounts();
    Map<Integer, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      int tokenId = random.nextInt(i / 10 + 1);
      if (random.nextInt(4) == 0) {
        counts.addPrompt(tokenId);
        expected.merge(tokenId, 0, Integer::sum);
      } else {
        counts.addAnswer(tokenId);
        expected.merge(tokenId, 1, Integer::sum);
      }
    }
    Map<Integer, Integer> actual = new HashMap<>();
    for (int index = 0; index < counts.size(); index++) {
      actual.put(counts.tokenId(index), counts.answerCount(index));
    }
    assertThat(actual).isEqualTo(expected);
  }
}
