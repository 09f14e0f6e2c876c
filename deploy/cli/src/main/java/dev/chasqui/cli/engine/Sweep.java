package dev.chasqui.cli.engine;

import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.runtime.EngineOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows how cost grows: with the requests at once, and with the tokens behind a request. */
final class Sweep {

  static final List<Integer> CONCURRENCY = List.of(1, 2, 4, 8, 16, 32, 64);
  private static final List<Integer> CONTEXT = List.of(128, 256, 512, 1024, 2048, 4096, 8192);

  /** Of requests at once: long enough that all of them decode together for a while. */
  private static final int PROMPT_TOKENS = 32;

  private static final int TOGETHER_TOKENS = 96;

  /** Before anything is measured: the JIT compiler needs some work to look at. */
  private static final int WARM_UP_REQUESTS = 8;

  /** At the end of a context. */
  private static final int CONTEXT_TOKENS = 24;

  private final Function<BenchWork, Bench> benches;
  private final BenchWork work;
  private final int contextLength;

  /**
   * Makes a sweep.
   *
   * @param benches makes a measurement of some work
   * @param work what adapter answers, and how it guesses; lengths are the sweep's own
   * @param contextLength contexts beyond it are left out
   */
  Sweep(Function<BenchWork, Bench> benches, BenchWork work, int contextLength) {
    this.benches = benches;
    this.work = work;
    this.contextLength = contextLength;
  }

  /**
   * One measurement.
   *
   * @param x requests at once, or tokens of the context
   * @param stepMillis time between two tokens of a request, the median
   */
  record Point(int x, double stepMillis) {

    /** Tokens a second of one request. */
    double tokensPerSecond() {
      return 1000 / stepMillis;
    }
  }

  /**
   * What a sweep showed.
   *
   * @param concurrency by requests at once
   * @param context by tokens of the context, one request
   */
  record Growth(List<Point> concurrency, List<Point> context) {

    ObjectNode json() {
      ObjectNode fields = JsonRows.object();
      ArrayNode together = fields.putArray("concurrency");
      for (Point point : concurrency) {
        together
            .addObject()
            .put("requests", point.x())
            .put("tokens_per_second_each", point.tokensPerSecond())
            .put("tokens_per_second", point.x() * point.tokensPerSecond())
            .put("step_ms", point.stepMillis());
      }
      ArrayNode ofContext = fields.putArray("context");
      for (Point point : context) {
        ofContext.addObject().put("tokens", point.x()).put("token_ms", point.stepMillis());
      }
      return fields;
    }

    /** Returns two tables in Markdown. */
    String tables() {
      StringBuilder text = new StringBuilder();
      text.append("| requests at once | tokens/s each | tokens/s together | ms a step |\n");
      text.append("|---:|---:|---:|---:|\n");
      for (Point point : concurrency) {
        double each = point.tokensPerSecond();
        line(
            text,
            "| %d | %.1f | %.1f | %.2f |",
            point.x(),
            each,
            point.x() * each,
            point.stepMillis());
      }
      text.append("\n| context, tokens | ms a token | tokens/s |\n|---:|---:|---:|\n");
      for (Point point : context) {
        line(text, "| %d | %.2f | %.1f |", point.x(), point.stepMillis(), point.tokensPerSecond());
      }
      return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
      text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Returns both curves as a picture. */
    String svg() {
      return new SweepPlot()
          .chart(
              "tokens/s of one request, by requests at once", concurrency, Point::tokensPerSecond)
          .chart("ms a token, by tokens of the context", context, Point::stepMillis)
          .svg();
    }
  }

  Growth run() {
    BenchWork together = work.withTokens(PROMPT_TOKENS, TOGETHER_TOKENS);
    benches.apply(together).run(WARM_UP_REQUESTS);
    List<Point> concurrency = new ArrayList<>();
    for (int requests : CONCURRENCY) {
      concurrency.add(new Point(requests, benches.apply(together).run(requests).stepMillis()));
    }
    List<Point> context = new ArrayList<>();
    for (int tokens : CONTEXT) {
      if (tokens <= contextLength) {
        BenchWork alone = work.withTokens(tokens - CONTEXT_TOKENS, CONTEXT_TOKENS);
        context.add(new Point(tokens, benches.apply(alone).run(1).stepMillis()));
      }
    }
    return new Growth(concurrency, context);
  }

  /** Returns a cache for the longest context, and for most requests at once. */
  static EngineOptions.Cache cache(int blockSizeTokens) {
    int blocksOfEach = Math.ceilDiv(PROMPT_TOKENS + TOGETHER_TOKENS + 1, blockSizeTokens);
    int together = CONCURRENCY.getLast() * blocksOfEach * blockSizeTokens;
    int longest = CONTEXT.getLast();
    return new EngineOptions.Cache(
        OptionalInt.of(longest), OptionalInt.of(Math.max(longest, together)), blockSizeTokens);
  }
}
