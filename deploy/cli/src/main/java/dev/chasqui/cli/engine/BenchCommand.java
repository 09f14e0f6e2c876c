package dev.chasqui.cli.engine;

import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures how fast a model runs here. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure prefill and decode speed, time to first token and inter-token latency.",
      "Prompts are random tokens, all different, so nothing comes out of the prefix cache."
    })
final class BenchCommand implements Callable<Integer> {

  private static final int PREFILL_TOKENS = 128;

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private ComputeOptions compute;

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens of each prompt. Default: ${DEFAULT-VALUE}.")
  private int promptTokens;

  @Option(
      names = "--generate-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Tokens of each answer. Default: ${DEFAULT-VALUE}.")
  private int generateTokens;

  @Option(
      names = "--concurrency",
      paramLabel = "N,N,...",
      split = ",",
      defaultValue = "1",
      description = "Requests at once, one run each. Default: ${DEFAULT-VALUE}.")
  private List<Integer> concurrency = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    int most = concurrency.stream().mapToInt(Integer::intValue).max().orElse(1);
    try (LlamaEngine engine = LlamaEngine.open(options(most))) {
      Bench bench = new Bench(engine, promptTokens, generateTokens, compute.adapter());
      bench.run(1); // the JIT compiler needs some work to look at
      ObjectNode report = heading(engine);
      ArrayNode results = report.putArray("results");
      if (!json) {
        surroundings.terminal().println(Bench.Result.tableHeading());
      }
      for (int requests : concurrency) {
        Bench.Result result = bench.run(requests);
        results.add(result.json());
        if (!json) {
          surroundings.terminal().println(result.tableLine());
        }
      }
      if (json) {
        surroundings.terminal().println(report.toString());
      }
    }
    return 0;
  }

  private ObjectNode heading(LlamaEngine engine) {
    return JsonRows.object()
        .put("model", engine.model().name())
        .put("backend", engine.model().backend())
        .put("threads", compute.threads())
        .put("prompt_tokens", promptTokens)
        .put("generate_tokens", generateTokens);
  }

  private EngineOptions options(int most) {
    EngineOptions options = compute.options(model.locate(surroundings));
    int blockSize = options.cache().blockSizeTokens();
    int tokensOfOne = Math.ceilDiv(promptTokens + generateTokens + 1, blockSize) * blockSize;
    return options
        .withBatch(new EngineOptions.Batch(most, PREFILL_TOKENS))
        .withKvTokens(tokensOfOne * most);
  }
}
