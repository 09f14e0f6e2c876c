package dev.chasqui.cli.engine;

import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.SamplingParameters.Penalties;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.StopCriteria.EndTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How tokens are drawn and when an answer ends. */
final class SamplingOptions {

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "256",
      description = "Most tokens of an answer. Default: ${DEFAULT-VALUE}.")
  private int maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0 takes the most probable token (greedy, the default); up to 2.")
  private float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "Draw from the K most probable tokens; 0 for all.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "Draw from the smallest set of tokens whose probabilities reach P.")
  private float topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      defaultValue = "0",
      description = "Drop tokens less probable than P times the best one.")
  private float minP;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the draw: the same seed gives the same answer. Default: 0.")
  private long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "End the answer before this text; may be given several times.")
  private List<String> stop = new ArrayList<>();

  @Option(names = "--ignore-eos", description = "Treat the model's end tokens like any other.")
  private boolean ignoreEos;

  int maxTokens() {
    return maxTokens;
  }

  SamplingParameters parameters() {
    return new SamplingParameters(temperature, topK, topP, minP, Penalties.NONE, Map.of(), seed);
  }

  StopCriteria stopCriteria() {
    return new StopCriteria(maxTokens, stop, ignoreEos ? EndTokens.IGNORED : EndTokens.HONOURED);
  }
}
