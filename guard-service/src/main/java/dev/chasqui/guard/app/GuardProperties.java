package dev.chasqui.guard.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code chasqui.*} that only the guard has, as they stand, not checked yet.
 *
 * @param pools pool to the models that it serves
 * @param guard the guard model
 * @param policies guard policies that are there from the start, beside the topic of policies
 * @param retention how long ids are remembered
 */
record GuardProperties(
    @DefaultValue Map<String, List<String>> pools,
    @DefaultValue Guard guard,
    @DefaultValue PolicyFiles policies,
    @DefaultValue Memory retention) {

  /**
   * The guard model; what is empty takes the engine's usual value.
   *
   * @param model checkpoint file or directory
   * @param adapter guard adapter on that model: {@value SettingsReader#DEFAULT} for the one that
   *     comes with this service, a folder of PEFT or a GGUF file; empty for a whole guard model
   * @param format how the model is asked; empty: {@code default-guard} with the adapter that comes
   *     with this service, else {@code llama-guard-3}
   * @param backend {@code auto}, or the name of a backend
   * @param threads compute threads
   * @param contextLength most tokens of a guard prompt
   * @param maxJudgings judgings at once; empty: as many as the engine runs sequences
   * @param timeout how long one judging may take before it counts as undecided
   * @param warmUp how long readiness waits for the model to read the policies
   * @param tailTokens how much of an answer the guard goes on with when it outgrows its context
   * @param maxUntrustedTexts how many documents and results of tools a prompt may bring that are
   *     not marked as trusted, each judged apart; a prompt with more is rejected
   */
  record Guard(
      @DefaultValue("") String model,
      @DefaultValue("") String adapter,
      @DefaultValue("") String format,
      @DefaultValue("auto") String backend,
      @Nullable Integer threads,
      @Nullable Integer contextLength,
      @Nullable Integer maxJudgings,
      @DefaultValue("30s") Duration timeout,
      @DefaultValue("10s") Duration warmUp,
      @DefaultValue("512") int tailTokens,
      @DefaultValue("64") int maxUntrustedTexts) {}

  /**
   * Guard policies that are there from the start.
   *
   * @param directory where further {@code *.policy} files lie; empty: the built-in ones alone
   * @param defaultId holds where neither the prompt nor its tenant names one
   * @param tenants tenant to policy id
   * @param patience how long a request waits for a version that another process knows already
   */
  record PolicyFiles(
      @DefaultValue("") String directory,
      @DefaultValue("default") String defaultId,
      @DefaultValue Map<String, String> tenants,
      @DefaultValue("30s") Duration patience) {}

  /**
   * How long ids are remembered.
   *
   * @param seen request ids, from arrival
   * @param earlyCancels cancellations whose prompt has not come
   */
  record Memory(@DefaultValue("24h") Duration seen, @DefaultValue("15m") Duration earlyCancels) {}
}
