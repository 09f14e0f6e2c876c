package dev.chasqui.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptLookupTests {

  @Test
  void guessesWhatFollowedTheLastTokensBefore() {
    assertThat(guesses(4, 1, 2, 3, 4, 5, 6, 9, 1, 2, 3)).containsExactly(4, 5, 6);
    assertThat(guesses(2, 1, 2, 3, 4, 5, 6, 9, 1, 2, 3)).containsExactly(4, 5);
  }

  @Test
  void guessesNothingWhereNothingRepeats() {
    assertThat(guesses(8, 7)).isEmpty();
    assertThat(guesses(8, 1, 2, 3, 4)).isEmpty();
    assertThat(guesses(8, 1, 2, 9, 2)).as("one token is no pair").isEmpty();
  }

  @Test
  void prefersTheOccurrenceThatAgreesLongest() {
    assertThat(guesses(1, 5, 6, 7, 8, 40, 0, 6, 7, 8, 41, 3, 5, 6, 7, 8)).containsExactly(40);
  }

  @Test
  void amongEquallyLongOnesPrefersTheLatest() {
    assertThat(guesses(1, 7, 8, 40, 0, 7, 8, 41, 1, 7, 8)).containsExactly(41);
  }

  @Test
  void guessesALoopBeyondWhatThereIsOfIt() {
    assertThat(guesses(9, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3))
        .containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
    assertThat(guesses(3, 5, 5, 5, 5)).containsExactly(5, 5, 5);
  }

  /** However the tokens come, one by one or many at once, the longest repetition is found. */
  @Test
  void findsTheLongestRepetitionOfRandomSequences() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int alphabet = 4 + random.nextInt(20);
      int[] tokens = random.ints(400, 0, alphabet).toArray();
      int length = 1 + random.nextInt(200);
      PromptLookup lookup = new PromptLookup(Arrays.copyOf(tokens, length));
      while (length < 300) {
        int[] scratch = Arrays.copyOf(tokens, 400);
        int most = 1 + random.nextInt(90);
        int count = lookup.draft(scratch, length, most);
        int longest = longestRepetition(tokens, length);
        assertThat(count)
            .as("seed %d, length %d", seed, length)
            .isEqualTo(longest < 2 ? 0 : Math.min(most, longest));
        if (count > 0) {
          assertThat(followsARepetition(scratch, length, count, longest)).isTrue();
        }
        length += 1 + random.nextInt(3);
      }
    }
  }

  @Test
  void growsWithItsSequence() {
    int[] tokens = IntStream.range(0, 40_000).map(i -> i % 20_000).toArray();
    PromptLookup lookup = new PromptLookup(Arrays.copyOf(tokens, 1));
    for (int length = 2; length <= 20_001; length++) {
      assertThat(lookup.draft(tokens, length, 1)).isZero();
    }
    assertThat(lookup.draft(tokens, 20_050, 8)).isEqualTo(8);
    assertThat(tokens[20_057]).isEqualTo(57);
  }

  private static int[] guesses(int most, int... sequence) {
    int[] tokens = Arrays.copyOf(sequence, sequence.length + most);
    int count = new PromptLookup(sequence).draft(tokens, sequence.length, most);
    return Arrays.copyOfRange(tokens, sequence.length, sequence.length + count);
  }

  private static int longestRepetition(int[] tokens, int length) {
    return IntStream.range(1, length).map(end -> common(tokens, end, length)).max().orElse(0);
  }

  private static boolean followsARepetition(int[] guessed, int length, int count, int longest) {
    return IntStream.range(1, length)
        .filter(end -> common(guessed, end, length) == longest)
        .anyMatch(end ->
            IntStream.range(0, count).allMatch(i -> guessed[end + i] == guessed[length + i]));
  }

  private static int common(int[] tokens, int end, int length) {
    int common = 0;
    while (common < end && tokens[end - 1 - common] == tokens[length - 1 - common]) {
      common++;
    }
    return common;
  }
}
