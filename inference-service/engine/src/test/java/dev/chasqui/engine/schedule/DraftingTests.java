package dev.chasqui.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.kvcache.PrefixScope;
import dev.chasqui.engine.schedule.Urgency.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What guesses may take, and what becomes of it. */
class DraftingTests {

  private static final int BLOCK = 4;
  private static final int PREFILL = 10;
  private static final int ROWS = 8;

  /** Guesses the token after the last one, and so on. */
  private static final Drafter COUNTING =
      (tokens, length, most) -> {
        for (int i = 0; i < most; i++) {
          tokens[length + i] = tokens[length - 1] + 1 + i;
        }
        return most;
      };

  private final KvCache cache = new KvCache(64, BLOCK);
  private final Scheduler scheduler = scheduler(cache);
  private long arrivals;

  @Test
  void guessesFillTheRowsThatASmallBatchLeavesIdle() {
    Sequence one = decoding(0, COUNTING);
    assertThat(scheduler.plan().chunks()).containsExactly(new Chunk(one, 5, 1, 7));
  }

  @Test
  void sequencesShareTheRowsAndPassOnWhatTheyDoNotUse() {
    Sequence one = growing(0, new Growth(100, COUNTING));
    Sequence silent = growing(1000, Growth.PLAIN);
    Sequence other = growing(2000, new Growth(100, COUNTING));
    start(one, silent, other);
    assertThat(scheduler.plan().chunks())
        .containsExactly(
            new Chunk(one, 5, 1, 1), new Chunk(silent, 5, 1), new Chunk(other, 5, 1, 4));
  }

  @Test
  void guessesTakeWhatPrefillLeavesOfTheBudget() {
    Sequence decoding = decoding(0, COUNTING);
    Sequence prompt = Sequence.growing(urgency(), scope(), range(5000, 8));
    scheduler.add(prompt);
    StepPlan plan = scheduler.plan();
    assertThat(plan.chunks())
        .containsExactly(new Chunk(decoding, 5, 1, 2), new Chunk(prompt, 0, 8));
    assertThat(plan.rows()).isEqualTo(11);
    assertThat(plan.draftTokens()).isEqualTo(2);
  }

  @Test
  void guessesEndBeforeTheLastTokenThereCanBe() {
    Sequence sequence = growing(0, new Growth(9, COUNTING));
    start(sequence);
    assertThat(scheduler.plan().chunks())
        .as("6 of 9 tokens: two more are of use, behind the last one nothing is drawn")
        .containsExactly(new Chunk(sequence, 5, 1, 2));
  }

  @Test
  void guessesPreemptNobody() {
    KvCache five = new KvCache(5, BLOCK);
    Scheduler small = scheduler(five);
    Sequence one = growing(0, new Growth(100, COUNTING));
    Sequence other = growing(1000, new Growth(100, COUNTING));
    small.add(one);
    small.add(other);
    step(small);
    one.append(5);
    other.append(1005);
    StepPlan plan = small.plan();
    assertThat(plan.preemptions()).isZero();
    assertThat(plan.chunks())
        .as("the first one takes the last free block, two blocks of the other hold two more")
        .containsExactly(new Chunk(one, 5, 1, 3), new Chunk(other, 5, 1, 2));
  }

  @Test
  void rightGuessesAreComputedAndTheFirstWrongOneIsOverwritten() {
    Sequence sequence = decoding(0, COUNTING);
    StepPlan plan = scheduler.plan();
    scheduler.advance(plan);
    assertThat(sequence.computed()).isEqualTo(6);
    sequence.append(6);
    sequence.append(7);
    assertThat(sequence.computed()).isEqualTo(8);
    sequence.append(99);
    assertThat(sequence.computed()).isEqualTo(8);
    sequence.append(9);
    assertThat(scheduler.settle(plan)).isEqualTo(2);
    assertThat(sequence.remaining()).isEqualTo(2);
    assertThat(IntStream.range(0, 10).map(sequence::token).toArray())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 99, 9);
  }

  @Test
  void wrongGuessesReturnTheirBlocks() {
    Sequence sequence = decoding(0, COUNTING);
    StepPlan plan = scheduler.plan();
    scheduler.advance(plan);
    assertThat(cache.use().usedBlocks()).isEqualTo(4);
    sequence.append(77);
    scheduler.settle(plan);
    assertThat(cache.use().usedBlocks()).isEqualTo(2);
  }

  @Test
  void theDrafterLearnsHowManyWereRight() {
    int[] learnt = new int[2];
    Sequence sequence =
        decoding(
            0,
            new Drafter() {
              @Override
              public int draft(int[] tokens, int length, int most) {
                return COUNTING.draft(tokens, length, 3);
              }

              @Override
              public void verified(int drafted, int accepted) {
                learnt[0] = drafted;
                learnt[1] = accepted;
              }
            });
    StepPlan plan = scheduler.plan();
    scheduler.advance(plan);
    sequence.append(6);
    sequence.append(99);
    scheduler.settle(plan);
    assertThat(learnt).containsExactly(3, 1);
  }

  @Test
  void whatWasGuessedRightIsFoundAfterTheSequenceHasGone() {
    Sequence sequence = decoding(0, COUNTING);
    StepPlan plan = scheduler.plan();
    scheduler.advance(plan);
    sequence.append(6);
    sequence.append(7);
    scheduler.end(sequence);
    scheduler.settle(plan);
    Sequence again = Sequence.growing(urgency(), scope(), range(0, 20));
    scheduler.add(again);
    step(scheduler);
    assertThat(again.cachedTokens()).as("0 to 7 were verified, 8 to 12 were not").isEqualTo(8);
  }

  /** Under load, with guesses right and wrong: one partly filled block a sequence at most. */
  @Test
  void randomWorkHoldsNoMoreBlocksThanItsTokensTake() {
    Random random = new Random(4);
    KvCache tight = new KvCache(14, BLOCK);
    Scheduler busy = scheduler(tight);
    Map<Sequence, Integer> goals = new LinkedHashMap<>();
    int finished = 0;
    int accepted = 0;
    int preemptions = 0;
    while (finished < 300) {
      if (goals.size() < 6) {
        Sequence sequence = growing(1000 * random.nextInt(3), new Growth(50, COUNTING));
        goals.put(sequence, 8 + random.nextInt(30));
        busy.add(sequence);
      }
      StepPlan plan = busy.plan();
      assertThat(plan.isEmpty()).isFalse();
      assertThat(plan.prefillTokens() + plan.draftTokens()).isLessThanOrEqualTo(PREFILL);
      assertThat(plan.draftTokens()).isLessThanOrEqualTo(Math.max(0, ROWS - plan.decodeTokens()));
      preemptions += plan.preemptions();
      busy.advance(plan);
      for (Chunk chunk : plan.chunks()) {
        finished += draw(busy, chunk, goals, random) ? 1 : 0;
      }
      accepted += busy.settle(plan);
      int needed =
          busy.running.stream()
              .mapToInt(sequence -> Math.ceilDiv(sequence.computed(), BLOCK))
              .sum();
      assertThat(tight.use().usedBlocks()).isLessThanOrEqualTo(needed);
    }
    assertThat(accepted).isGreaterThan(300);
    assertThat(preemptions).isPositive();
    goals.keySet().forEach(busy::end);
    assertThat(tight.freeBlocks()).isEqualTo(14);
  }

  /** Draws tokens as long as guesses were right; returns whether the sequence has ended. */
  private static boolean draw(
      Scheduler scheduler, Chunk chunk, Map<Sequence, Integer> goals, Random random) {
    Sequence sequence = chunk.sequence();
    int from = chunk.logitsFrom();
    if (from == chunk.end()) {
      return false;
    }
    for (int position = from; position < Math.min(chunk.end(), sequence.computed()); position++) {
      int guessed = sequence.token(sequence.length() - 1) + 1;
      sequence.append(random.nextInt(4) == 0 ? 77_777 : guessed);
    }
    if (sequence.length() < goals.get(sequence)) {
      return false;
    }
    scheduler.end(sequence);
    goals.remove(sequence);
    return true;
  }

  private static Scheduler scheduler(KvCache cache) {
    return new Scheduler(cache, new Scheduler.Limits(6, PREFILL, ROWS, Integer.MAX_VALUE));
  }

  /** Returns a sequence of 6 tokens whose last one is to be computed. */
  private Sequence decoding(int first, Drafter drafter) {
    Sequence sequence = growing(first, new Growth(100, drafter));
    start(sequence);
    return sequence;
  }

  /** Prefills sequences and draws their first token. */
  private void start(Sequence... sequences) {
    for (Sequence sequence : sequences) {
      scheduler.add(sequence);
    }
    for (StepPlan plan = scheduler.plan(); !plan.isEmpty(); plan = scheduler.plan()) {
      scheduler.advance(plan);
    }
    for (Sequence sequence : sequences) {
      sequence.append(sequence.token(0) + 5);
    }
  }

  private Sequence growing(int first, Growth growth) {
    return Sequence.growing(urgency(), scope(), range(first, 5), growth);
  }

  private void step(Scheduler steps) {
    StepPlan plan = steps.plan();
    steps.advance(plan);
    steps.settle(plan);
  }

  private Urgency urgency() {
    return new Urgency(Kind.ANSWER, 0, Optional.empty(), "a", arrivals++);
  }

  private static PrefixScope scope() {
    return new PrefixScope("a", PrefixScope.NO_ADAPTER);
  }

  private static int[] range(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }
}
