package dev.chasqui.engine.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Runs steps of every shape until the JIT compiler has no more to gain: until it has compiled a
 * kernel of the Vector API, that is up to 70 times slower.
 *
 * <p>The steps write into the first KV blocks, so a session is warmed up before its first sequence.
 */
public final class WarmUp {

  private static final int PREFILL_ROWS = 64;
  private static final int DECODE_ROWS = 8;
  private static final int CONTEXT = 40;

  /** A round that takes at least this share of the best one so far has gained nothing. */
  private static final double NO_GAIN = 0.9;

  private static final int ROUNDS_WITHOUT_GAIN = 4;

  private WarmUp() {}

  /**
   * Warms a session up.
   *
   * @param run runs a step; no sequence may have blocks yet
   * @param kv the session's KV memory
   * @param atMost when to end in any case; the round that runs then is finished
   * @return how long it took
   */
  public static Duration run(Consumer<Step> run, KvShape kv, Duration atMost) {
    return run(run, steps(kv, Slice.NO_ADAPTER), atMost);
  }

  /**
   * Warms up what adapters add, once a session itself is warm.
   *
   * @param run runs a step; no sequence may have blocks yet
   * @param kv the session's KV memory
   * @param atMost when to end in any case; the round that runs then is finished
   * @return how long it took; the session must have an adapter
   */
  public static Duration runAdapted(Consumer<Step> run, KvShape kv, Duration atMost) {
    return run(run, steps(kv, 0), atMost);
  }

  private static Duration run(Consumer<Step> run, List<Step> steps, Duration atMost) {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    int withoutGain = 0;
    while (withoutGain < ROUNDS_WITHOUT_GAIN && System.nanoTime() - start < atMost.toNanos()) {
      long before = System.nanoTime();
      for (Step step : steps) {
        run.accept(step);
      }
      long took = System.nanoTime() - before;
      withoutGain = took > NO_GAIN * best ? withoutGain + 1 : 0;
      best = Math.min(best, took);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A prefill chunk, a decode step of one sequence and one of several. */
  private static List<Step> steps(KvShape kv, int adapter) {
    int context = (int) Math.min(CONTEXT, kv.tokens() - 1);
    List<Step> steps = new ArrayList<>();
    steps.add(step(kv, 1, (int) Math.min(PREFILL_ROWS, kv.tokens()), 0, adapter));
    for (int i = 0; i < DECODE_ROWS; i++) {
      steps.add(step(kv, 1, 1, context, adapter));
    }
    int blocksEach = Math.ceilDiv(context + 1, kv.blockSizeTokens());
    int sequences = Math.min(DECODE_ROWS, kv.blocks() / blocksEach);
    steps.add(step(kv, sequences, 1, context, adapter));
    return steps;
  }

  private static Step step(KvShape kv, int sequences, int rowsEach, int start, int adapter) {
    int blocksEach = Math.ceilDiv(start + rowsEach, kv.blockSizeTokens());
    List<Slice> slices = new ArrayList<>();
    int[] logitRows = new int[sequences];
    for (int i = 0; i < sequences; i++) {
      int[] blocks = IntStream.range(i * blocksEach, (i + 1) * blocksEach).toArray();
      slices.add(new Slice(i * rowsEach, rowsEach, start, blocks, adapter));
      logitRows[i] = (i + 1) * rowsEach - 1;
    }
    return new Step(new int[sequences * rowsEach], slices, logitRows);
  }
}
