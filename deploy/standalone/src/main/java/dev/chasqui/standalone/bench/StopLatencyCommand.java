package dev.chasqui.standalone.bench;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.events.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how soon decoding ends after a window that is unsafe. */
@Command(
    name = "stop-latency",
    mixinStandardHelpOptions = true,
    description = {
      "One answer after the other is judged by its own model, which takes its time, but with",
      "verdicts that are arranged: one window of each is unsafe. From the last token of that"
          + " window",
      "to the last token that was decoded, against two commit intervals and the guard's step."
    })
final class StopLatencyCommand implements Callable<Integer> {

  private static final String COMMIT_INTERVAL = "chasqui.commit-interval";
  private static final long NANOS_PER_MILLISECOND = 1_000_000;

  private final Bench bench;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--commit-interval",
      paramLabel = "MS",
      description = "Of both services, in milliseconds. Default: 50.")
  private int commitInterval = 50;

  @Option(names = "--answers", paramLabel = "N", description = "Measured answers. Default: 30.")
  private int answers = 30;

  @Option(names = "--warm-up", paramLabel = "N", description = "Answers before. Default: 5.")
  private int warmUp = 5;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "Which window of 32 tokens is unsafe, from 1. Default: 2.")
  private int window = 2;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Of each answer, far more than are decoded. Default: 1500.")
  private int maxTokens = 1500;

  @Option(
      names = "--bias",
      paramLabel = "ID=VALUE",
      description = "Added to a token's logit; -100 keeps an end token away.")
  private Map<String, Float> bias = new HashMap<>();

  StopLatencyCommand(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws IOException {
    System.setProperty(COMMIT_INTERVAL, commitInterval + "ms"); // both services read it
    EngineOptions options =
        EngineOptions.of(model.locate(bench.models())).withBackend(model.backend());
    try (InferenceStage stage = InferenceStage.start(bench.workplace());
        LlamaEngine engine = LlamaEngine.open(options);
        ConfigurableApplicationContext _ =
            stage.inference(engine, bench.workplace().fresh("state"));
        ConfigurableApplicationContext _ =
            stage.guard(
                new TurningGuard(engine, window),
                bench.workplace().fresh("state"),
                bench.workplace().stopPolicy());
        StoppedAnswers asking = new StoppedAnswers(stage.address())) {
      report(measure(asking));
    }
    return 0;
  }

  private List<StoppedAnswers.Stopped> measure(StoppedAnswers asking) {
    Sampling sampling = Sampling.newBuilder().setMaxTokens(maxTokens).setLogitBias(bias).build();
    for (int i = 0; i < warmUp; i++) {
      asking.ask("warm-up-" + i, sampling);
    }
    List<StoppedAnswers.Stopped> stopped = new ArrayList<>();
    for (int i = 0; i < answers; i++) {
      stopped.add(asking.ask("measured-" + i, sampling));
    }
    return stopped;
  }

  private void report(List<StoppedAnswers.Stopped> stopped) {
    bench.heading(
        "Unsafe window to last decoded token: %s, window %d of 32 tokens, commit interval %d ms, %d answers"
            .formatted(model.describe(), window, commitInterval, answers));
    bench.say("%-44s %10s %10s", "", "p50", "p95");
    row("guard: from hand-over to verdict", "ms", stopped, StoppedAnswers.Stopped::guardMs);
    row("last token of the window to last decoded", "ms", stopped, StoppedAnswers.Stopped::stopMs);
    row("  limit: 2 commit intervals + guard", "ms", stopped, this::limitMs);
    row("verdict written to last decoded", "ms", stopped, StoppedAnswers.Stopped::afterVerdictMs);
    row("decoded behind the window", "tokens", stopped, StoppedAnswers.Stopped::tokens);
    long within = stopped.stream().filter(each -> each.stopMs() <= limitMs(each)).count();
    bench.say("%-44s %10s", "answers within their limit", within + " of " + stopped.size());
  }

  private long limitMs(StoppedAnswers.Stopped answer) {
    return 2L * commitInterval + answer.guardMs();
  }

  private void row(
      String what,
      String unit,
      List<StoppedAnswers.Stopped> stopped,
      ToLongFunction<StoppedAnswers.Stopped> value) {
    Times times = Times.of(stopped, each -> value.applyAsLong(each) * NANOS_PER_MILLISECOND);
    bench.say("%-44s %10.0f %10.0f %s", what, times.quantile(0.50), times.quantile(0.95), unit);
  }
}
