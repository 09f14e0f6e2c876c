package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.runtime.StepCost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.node.ObjectNode;

/** Runs many equal requests at once and looks at the clock. */
final class Bench {

  private final Engine engine;
  private final BenchWork work;
  private final DraftCounter drafts;
  private final Random random = new Random(1);

  Bench(Engine engine, BenchWork work, DraftCounter drafts) {
    this.engine = engine;
    this.work = work;
    this.drafts = drafts;
  }

  /**
   * What one run showed. Rates are of all requests together; latencies are nanoseconds, sorted.
   *
   * @param concurrency requests at once
   * @param prefillRate prompt tokens a second, until every request had its first token
   * @param decodeRate generated tokens a second, after every request had its first token
   * @param firstToken time to first token of each request
   * @param interToken time between two tokens of one request; about 0 where both come of one step
   * @param stepMillis median time between two tokens while all requests decode
   * @param drafts what was guessed
   */
  record Result(
      int concurrency,
      double prefillRate,
      double decodeRate,
      long[] firstToken,
      long[] interToken,
      double stepMillis,
      DraftCounter.Count drafts) {

    /** Gigabytes of weights that decoding reads a second: all of them at every step. */
    private double readRate(StepCost cost) {
      return decodeRate / concurrency / drafts.tokensPerStep() * cost.weightBytes() / 1e9;
    }

    /** Billions of multiplications and additions of prefill a second. */
    private double operationRate(StepCost cost) {
      return prefillRate * cost.operationsPerToken() / 1e9;
    }

    ObjectNode json(StepCost cost) {
      ObjectNode fields =
          JsonRows.object()
              .put("concurrency", concurrency)
              .put("prefill_tokens_per_second", round(prefillRate))
              .put("prefill_gigaops_per_second", round(operationRate(cost)))
              .put("decode_tokens_per_second", round(decodeRate))
              .put("decode_read_gb_per_second", round(readRate(cost)))
              .put("tokens_per_step", round(drafts.tokensPerStep()))
              .put("draft_tokens", drafts.drafted())
              .put("draft_acceptance", round(drafts.acceptance()));
      putLatency(fields.putObject("time_to_first_token_ms"), firstToken);
      putLatency(fields.putObject("inter_token_latency_ms"), interToken);
      return fields;
    }

    static String tableHeading() {
      return "requests   prefill          decode          first token p50/p99   inter-token"
          + " p50/p99\n"
          + "           tokens/s  GOP/s  tokens/s  GB/s                    ms               "
          + "     ms";
    }

    String tableLine(StepCost cost) {
      return String.format(
          Locale.ROOT,
          "%8d  %9.1f %6.0f %9.1f %5.1f  %10.1f %10.1f  %10.2f %10.2f",
          concurrency,
          prefillRate,
          operationRate(cost),
          decodeRate,
          readRate(cost),
          percentile(firstToken, 50),
          percentile(firstToken, 99),
          percentile(interToken, 50),
          percentile(interToken, 99));
    }

    /** Says how guessing went, below the line of the table. */
    String speculationLine() {
      return String.format(
          Locale.ROOT,
          "          %.2f tokens a step; %d guessed, %.0f %% of them right",
          drafts.tokensPerStep(),
          drafts.drafted(),
          100 * drafts.acceptance());
    }

    private static void putLatency(ObjectNode fields, long[] sorted) {
      fields.put("p50", round(percentile(sorted, 50))).put("p99", round(percentile(sorted, 99)));
    }

    /** Nearest-rank percentile in milliseconds. */
    private static double percentile(long[] sorted, int percent) {
      return sorted.length == 0 ? 0 : sorted[Math.ceilDiv(sorted.length * percent, 100) - 1] / 1e6;
    }

    private static double round(double value) {
      return Math.round(value * 1000) / 1e3;
    }
  }

  /** Sends so many requests at once and waits for all of them. */
  Result run(int concurrency) {
    CountDownLatch open = new CountDownLatch(concurrency);
    List<Timeline> timelines = new ArrayList<>();
    DraftCounter.Count before = drafts.count();
    long start = System.nanoTime();
    for (int i = 0; i < concurrency; i++) {
      Timeline timeline = new Timeline(open);
      timelines.add(timeline);
      engine.generate(work.request(i, random, engine.model().vocabularySize()), timeline::onEvent);
    }
    await(open);
    timelines.forEach(Timeline::check);
    return result(start, timelines, drafts.count().since(before));
  }

  private static Result result(long start, List<Timeline> timelines, DraftCounter.Count drafts) {
    long allPrefilled =
        timelines.stream().mapToLong(each -> each.times.getFirst()).max().orElse(start);
    long end = timelines.stream().mapToLong(each -> each.times.getLast()).max().orElse(start);
    long decoded = timelines.stream().mapToLong(each -> each.after(allPrefilled)).sum();
    long prompts = timelines.stream().mapToLong(each -> each.computedPromptTokens).sum();
    return new Result(
        timelines.size(),
        prompts / seconds(allPrefilled - start),
        decoded / seconds(end - allPrefilled),
        timelines.stream().mapToLong(each -> each.times.getFirst() - start).sorted().toArray(),
        allGaps(timelines),
        stepMillis(timelines, allPrefilled),
        drafts);
  }

  /**
   * Behind the first answer that ends, and before the last prompt is read, steps are others; they
   * count where a model is so fast that there are none between.
   */
  private static double stepMillis(List<Timeline> timelines, long allPrefilled) {
    long firstEnd = timelines.stream().mapToLong(each -> each.times.getLast()).min().orElse(0);
    long[] gaps =
        timelines.stream()
            .flatMapToLong(each -> each.gapsWithin(allPrefilled, firstEnd))
            .sorted()
            .toArray();
    return Result.percentile(gaps.length > 0 ? gaps : allGaps(timelines), 50);
  }

  private static long[] allGaps(List<Timeline> timelines) {
    return timelines.stream().flatMapToLong(each -> Arrays.stream(each.gaps())).sorted().toArray();
  }

  private static double seconds(long nanos) {
    return Math.max(1, nanos) / 1e9;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  /** When the tokens of one request came. Written by the engine's thread, read after the latch. */
  private static final class Timeline {

    private final CountDownLatch open;
    private final List<Long> times = new ArrayList<>();
    private String failure = "";
    private int computedPromptTokens;

    Timeline(CountDownLatch open) {
      this.open = open;
    }

    void onEvent(GenerationEvent event) {
      switch (event) {
        case GenerationEvent.Tokens tokens -> {
          long now = System.nanoTime();
          tokens.tokenIds().stream().forEach(id -> times.add(now));
        }
        case GenerationEvent.Finished finished -> {
          GenerationEvent.Usage usage = finished.usage();
          computedPromptTokens = usage.promptTokens() - usage.cachedPromptTokens();
          open.countDown();
        }
        case GenerationEvent.Failed failed -> {
          failure = failed.message();
          open.countDown();
        }
      }
    }

    void check() {
      if (!failure.isEmpty()) {
        throw new CommandException(failure);
      }
    }

    long after(long time) {
      return times.stream().filter(each -> each > time).count();
    }

    long[] gaps() {
      return gapsWithin(Long.MIN_VALUE, Long.MAX_VALUE).toArray();
    }

    LongStream gapsWithin(long from, long to) {
      return IntStream.range(1, times.size())
          .filter(i -> times.get(i - 1) >= from && times.get(i) <= to)
          .mapToLong(i -> times.get(i) - times.get(i - 1));
    }
  }
}
