package dev.chasqui.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.kvcache.PrefixScope;
import dev.chasqui.engine.schedule.Urgency.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTests {

  private static final int BLOCK = 4;

  private final KvCache cache = new KvCache(64, BLOCK);
  private final Scheduler scheduler = new Scheduler(cache, new Scheduler.Limits(4, 10));
  private long arrivals;
  private int nextToken;

  @Test
  void prefillsInChunksUnderTheBudget() {
    Sequence first = added(answer(0, "a", 12));
    Sequence second = added(answer(0, "a", 12));
    assertThat(step()).isEqualTo(Map.of(first, 10));
    assertThat(step()).isEqualTo(Map.of(first, 2, second, 8));
  }

  @Test
  void decodesFirstAndPrefillsBesides() {
    Sequence decoding = added(answer(0, "a", 5));
    step();
    decoding.append(1);
    Sequence prefilling = added(answer(9, "a", 30));
    StepPlan plan = scheduler.plan();
    assertThat(plan.chunks())
        .containsExactly(new Chunk(decoding, 5, 1), new Chunk(prefilling, 0, 10));
    assertThat(plan.decodeTokens()).isEqualTo(1);
    assertThat(plan.prefillTokens()).isEqualTo(10);
  }

  @Test
  void scoresGoBeforeAnswersEvenHalfPrefilledOnes() {
    Sequence half = added(answer(100, "a", 30));
    step();
    Sequence score = added(score(9));
    assertThat(step()).isEqualTo(ordered(score, 9, half, 1));
  }

  @Test
  void scoresNeedNoSlot() {
    for (int i = 0; i < 4; i++) {
      added(answer(0, "a", 2));
    }
    step();
    Sequence score = added(score(5));
    assertThat(step()).containsEntry(score, 5);
  }

  @Test
  void higherPriorityThenEarlierDeadlineGoesFirst() {
    Sequence plain = added(answer(0, "a", 3));
    Sequence late = added(new Urgencies().deadline(20).sequence(3));
    Sequence soon = added(new Urgencies().deadline(10).sequence(3));
    Sequence urgent = added(answer(1, "a", 3));
    assertThat(step()).isEqualTo(ordered(urgent, 3, soon, 3, late, 3, plain, 1));
  }

  @Test
  void aTenantWithManyRequestsDoesNotHoldUpAnother() {
    for (int i = 0; i < 10; i++) {
      added(answer(0, "many", 10));
    }
    step();
    Sequence other = added(answer(0, "few", 10));
    step();
    assertThat(step()).containsKey(other);
  }

  @Test
  void runsNoMoreAnswersThanSlots() {
    List<Sequence> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(added(answer(0, "a", 1)));
    }
    assertThat(step()).containsOnlyKeys(all.subList(0, 4));
    scheduler.end(all.get(2));
    assertThat(step()).containsKey(all.get(4)).doesNotContainKey(all.get(5));
  }

  @Test
  void admitsOnlyWhatHasBlocks() {
    Scheduler small = new Scheduler(new KvCache(6, BLOCK), new Scheduler.Limits(4, 100));
    Sequence first = answer(0, "a", 10);
    Sequence second = answer(0, "a", 10);
    small.add(first);
    small.add(second);
    assertThat(small.plan().chunks()).containsExactly(new Chunk(first, 0, 10));
    small.end(first);
    assertThat(small.plan().chunks()).containsExactly(new Chunk(second, 0, 10));
  }

  @Test
  void preemptsYoungestSequenceWhenPoolIsEmpty() {
    KvCache six = new KvCache(6, BLOCK);
    Scheduler small = new Scheduler(six, new Scheduler.Limits(4, 100));
    Sequence elder = answer(0, "a", 7);
    Sequence younger = answer(0, "a", 7);
    small.add(elder);
    small.add(younger);
    int preemptions = 0;
    int steps = 0;
    while (elder.length() < 20) {
      StepPlan plan = small.plan();
      preemptions += plan.preemptions();
      small.advance(plan);
      grow(plan);
      assertThat(plan.chunks()).anyMatch(chunk -> chunk.sequence() == elder);
      steps++;
    }
    assertThat(steps).isEqualTo(13);
    assertThat(preemptions).isEqualTo(1);
    small.end(elder);
    StepPlan plan = small.plan();
    assertThat(plan.chunks()).singleElement().matches(chunk -> chunk.sequence() == younger);
    assertThat(plan.chunks().getFirst().end()).isEqualTo(younger.length());
  }

  @Test
  void aLaterRequestReusesThePrefixOfAnEarlierOne() {
    Sequence first = Sequence.growing(new Urgencies().urgency(), scope(), range(0, 20));
    scheduler.add(first);
    step();
    step();
    Sequence second = added(Sequence.growing(new Urgencies().urgency(), scope(), range(0, 18)));
    assertThat(step()).containsEntry(second, 2);
    assertThat(second.cachedTokens()).isEqualTo(16);
    assertThat(cache.use().hitTokens()).isEqualTo(16);
  }

  @Test
  void waitingPrefixesAreComputedOnce() {
    int computed = 0;
    for (int i = 0; i < 4; i++) {
      added(Sequence.growing(new Urgencies().urgency(), scope(), range(0, 19)));
    }
    for (Map<Sequence, Integer> step = step(); !step.isEmpty(); step = step()) {
      computed += step.values().stream().mapToInt(count -> count).sum();
    }
    assertThat(computed).isEqualTo(19 + 3 * 3);
  }

  @Test
  void scoredSequencesShareUpToTheirFirstScoredPosition() {
    Sequence one = Sequence.scored(scoreUrgency(), scope(), range(0, 14), 12);
    int[] otherTokens = range(0, 14);
    otherTokens[13] = 99;
    Sequence other = Sequence.scored(scoreUrgency(), scope(), otherTokens, 12);
    added(one);
    added(other);
    assertThat(step()).isEqualTo(Map.of(one, 10));
    assertThat(step()).isEqualTo(Map.of(one, 4));
    StepPlan plan = scheduler.plan();
    assertThat(plan.chunks()).contains(new Chunk(other, 12, 2));
    assertThat(plan.chunks().getFirst().logitsFrom()).isEqualTo(12);
  }

  @Test
  void randomWorkAlwaysEndsAndReturnsAllBlocks() {
    Random random = new Random(1);
    KvCache tight = new KvCache(12, BLOCK);
    Scheduler busy = new Scheduler(tight, new Scheduler.Limits(5, 9));
    Map<Sequence, Integer> goals = new LinkedHashMap<>();
    int finished = 0;
    for (int step = 0; finished < 300; step++) {
      assertThat(step).as("steps").isLessThan(20_000);
      if (goals.size() < 8) {
        Sequence sequence =
            answer(random.nextInt(2), "t" + random.nextInt(3), 1 + random.nextInt(30));
        goals.put(sequence, sequence.length() + 1 + random.nextInt(16));
        busy.add(sequence);
      }
      StepPlan plan = busy.plan();
      assertThat(plan.isEmpty()).isFalse();
      assertThat(plan.prefillTokens()).isLessThanOrEqualTo(9);
      busy.advance(plan);
      grow(plan);
      for (Chunk chunk : plan.chunks()) {
        Sequence sequence = chunk.sequence();
        if (sequence.length() >= goals.get(sequence)) {
          busy.end(sequence);
          goals.remove(sequence);
          finished++;
        }
      }
    }
    goals.keySet().forEach(busy::end);
    assertThat(tight.freeBlocks()).isEqualTo(12);
  }

  private static void grow(StepPlan plan) {
    for (Chunk chunk : plan.chunks()) {
      if (chunk.end() == chunk.sequence().length()) {
        chunk.sequence().append(5);
      }
    }
  }

  private Map<Sequence, Integer> step() {
    StepPlan plan = scheduler.plan();
    scheduler.advance(plan);
    Map<Sequence, Integer> counts = new LinkedHashMap<>();
    plan.chunks().forEach(chunk -> counts.put(chunk.sequence(), chunk.count()));
    return counts;
  }

  private Sequence added(Sequence sequence) {
    scheduler.add(sequence);
    return sequence;
  }

  private Sequence answer(int priority, String tenant, int tokens) {
    Urgency urgency = new Urgency(Kind.ANSWER, priority, Optional.empty(), tenant, arrivals++);
    return Sequence.growing(urgency, scope(), range(nextToken += 1000, tokens));
  }

  private Sequence score(int tokens) {
    return Sequence.scored(scoreUrgency(), scope(), range(nextToken += 1000, tokens), tokens - 1);
  }

  private Urgency scoreUrgency() {
    return new Urgency(Kind.SCORE, 0, Optional.empty(), "a", arrivals++);
  }

  private static PrefixScope scope() {
    return new PrefixScope("a", PrefixScope.NO_ADAPTER);
  }

  private static int[] range(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }

  private static Map<Sequence, Integer> ordered(Object... pairs) {
    Map<Sequence, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      counts.put((Sequence) pairs[i], (Integer) pairs[i + 1]);
    }
    return counts;
  }

  private final class Urgencies {

    private Optional<Instant> deadline = Optional.empty();

    Urgencies deadline(long second) {
      deadline = Optional.of(Instant.ofEpochSecond(second));
      return this;
    }

    Urgency urgency() {
      return new Urgency(Kind.ANSWER, 0, deadline, "a", arrivals++);
    }

    Sequence sequence(int tokens) {
      return Sequence.growing(urgency(), scope(), range(nextToken += 1000, tokens));
    }
  }
}
