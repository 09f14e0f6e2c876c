package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Sampling;
import dev.chasqui.events.Speculation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What goes with every prompt. */
final class PromptOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model to ask. Default: $CHASQUI_MODEL, else default.")
  private @Nullable String model;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "On whose behalf.")
  private String tenant = "default";

  @Option(names = "--policy", paramLabel = "ID", description = "The guard policy to judge by.")
  private @Nullable String policy;

  @Option(
      names = "--release-mode",
      paramLabel = "MODE",
      description = "full, window, retract or audit; may only be stricter than the policy's.")
  private @Nullable String releaseMode; // not the enum: Avro would be loaded for --help

  @Option(names = "--max-tokens", paramLabel = "N", description = "Most tokens of the answer.")
  private @Nullable Integer maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0 takes the most probable token (greedy, the default); up to 2.")
  private float temperature;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "As in engine generate.")
  private float topP;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description = "As in engine generate.")
  private int topK;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of the draw. Default: from the request id.")
  private @Nullable Long seed;

  @Option(names = "--stop", paramLabel = "TEXT", description = "End the answer before this text.")
  private List<String> stop = List.of();

  @Option(
      names = "--speculate",
      paramLabel = "HOW",
      description = "Guess tokens ahead: lookup (default), draft or off. The answer is the same.")
  private @Nullable String speculate; // not the enum: Avro would be loaded for --help

  @Option(
      names = "--priority",
      paramLabel = "N",
      defaultValue = "0",
      description = "Higher goes first.")
  private int priority;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      description = "After so many seconds the answer is of no more use.")
  private @Nullable Integer deadlineSeconds;

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "A label of your own; it comes back with the final response.")
  private Map<String, String> metadata = new HashMap<>();

  /** Returns a prompt with all but its text. */
  PromptSubmitted.Builder prompt(String requestId, Instant now, Map<String, String> environment) {
    PromptSubmitted.Builder prompt =
        PromptSubmitted.newBuilder()
            .setRequestId(requestId)
            .setTenant(tenant)
            .setModel(model != null ? model : environment.getOrDefault("CHASQUI_MODEL", "default"))
            .setSampling(sampling())
            .setPriority(priority)
            .setPolicyId(policy)
            .setMetadata(metadata)
            .setSubmitTime(now);
    if (releaseMode != null) {
      prompt.setReleaseMode(releaseMode(releaseMode));
    }
    if (deadlineSeconds != null) {
      prompt.setDeadline(now.plus(Duration.ofSeconds(deadlineSeconds)));
    }
    return prompt;
  }

  private static ReleaseMode releaseMode(String word) {
    return Arrays.stream(ReleaseMode.values())
        .filter(mode -> mode.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                "--release-mode is %s; it must be full, window, retract or audit."
                    .formatted(word)));
  }

  private static Speculation speculation(String word) {
    return Arrays.stream(Speculation.values())
        .filter(way -> way.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new CommandException(
                "--speculate is %s; it must be lookup, draft or off.".formatted(word)));
  }

  private Sampling sampling() {
    return Sampling.newBuilder()
        .setSpeculation(speculate == null ? Speculation.LOOKUP : speculation(speculate))
        .setMaxTokens(maxTokens)
        .setTemperature(temperature)
        .setTopP(topP)
        .setTopK(topK)
        .setSeed(seed)
        .setStopSequences(stop)
        .build();
  }
}
