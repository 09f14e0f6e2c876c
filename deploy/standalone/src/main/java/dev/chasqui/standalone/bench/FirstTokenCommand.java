package dev.chasqui.standalone.bench;

import dev.chasqui.events.Sampling;
import dev.chasqui.standalone.Standalone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the time from a prompt to its first released token, through all hops. */
@Command(
    name = "first-token",
    mixinStandardHelpOptions = true,
    description = {
      "From the producer's send to the first released token at a read_committed consumer,",
      "through guard, model and guard: one prompt after the other."
    })
final class FirstTokenCommand implements Callable<Integer> {

  private static final String COMMIT_INTERVAL = "chasqui.commit-interval";

  private final Bench bench;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--commit-intervals",
      paramLabel = "MS",
      split = ",",
      description = "Of both services, in milliseconds. Default: 10,50,100.")
  private List<Integer> commitIntervals = List.of(10, 50, 100);

  @Option(names = "--prompts", paramLabel = "N", description = "Measured prompts. Default: 50.")
  private int prompts = 50;

  @Option(names = "--warm-up", paramLabel = "N", description = "Prompts before. Default: 100.")
  private int warmUp = 100;

  @Option(names = "--max-tokens", paramLabel = "N", description = "Of each answer. Default: 8.")
  private int maxTokens = 8;

  @Option(
      names = "--bias",
      paramLabel = "ID=VALUE",
      description = "Added to a token's logit; -100 keeps an end token away.")
  private Map<String, Float> bias = new HashMap<>();

  FirstTokenCommand(Bench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    List<Row> rows = commitIntervals.stream().map(this::measure).toList();
    bench.heading(
        "Prompt to first released token: %s, policy open (window 32), answers of %d tokens at most, %d prompts"
            .formatted(model.describe(), maxTokens, prompts));
    bench.say(
        "%16s %10s %10s %10s %10s", "commit interval", "p50", "p99", "answer p50", "tokens p50");
    rows.forEach(row ->
        bench.say(
            "%13d ms %7.0f ms %7.0f ms %7.0f ms %10d",
            row.commitInterval(),
            row.firstToken().quantile(0.50),
            row.firstToken().quantile(0.99),
            row.end().quantile(0.50),
            row.tokens()));
    return 0;
  }

  private record Row(int commitInterval, Times firstToken, Times end, int tokens) {}

  private Row measure(int commitInterval) {
    Sampling sampling = Sampling.newBuilder().setMaxTokens(maxTokens).setLogitBias(bias).build();
    System.setProperty(COMMIT_INTERVAL, commitInterval + "ms"); // both services read it
    try (Standalone standalone = bench.start(model);
        Questions questions = new Questions(standalone.address())) {
      for (int i = 0; i < warmUp; i++) {
        questions.ask("warm-up-" + i, sampling);
      }
      List<Questions.Answered> answers = new ArrayList<>();
      for (int i = 0; i < prompts; i++) {
        answers.add(questions.ask("measured-" + i, sampling));
      }
      return new Row(
          commitInterval,
          Times.of(answers, Questions.Answered::firstTokenNanos),
          Times.of(answers, Questions.Answered::endNanos),
          answers.stream()
              .mapToInt(Questions.Answered::tokens)
              .sorted()
              .skip(prompts / 2)
              .findFirst()
              .orElse(0));
    }
  }
}
