package dev.chasqui.guard.app;

import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.topology.Pools;
import dev.chasqui.guard.topology.input.Retention;
import dev.chasqui.service.ServiceSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The configuration of a guard service, found to be sound.
 *
 * @param service Kafka and registry; the application id is the prefix of both topologies' own
 * @param rules pools, policies and retention
 * @param model the guard model
 * @param warmUp how long the start waits for the model to read the policies
 */
public record GuardSettings(ServiceSettings service, Rules rules, Model model, Duration warmUp) {

  /**
   * What the guard goes by.
   *
   * @param pools which pool serves which model
   * @param policies the policies that are there from the start
   * @param policyWait how long a request waits for a version that another process knows already
   * @param retention how long ids are remembered
   */
  record Rules(Pools pools, Policies policies, Duration policyWait, Retention retention) {}

  /**
   * The guard model.
   *
   * @param options how to open it; empty where it is handed in opened
   * @param asking how it is asked
   * @param maxJudgings judgings at once; empty: as many as the engine runs sequences
   * @param timeout how long one judging may take before it counts as undecided
   * @param tailTokens how much of an answer the guard goes on with when it outgrows its context
   * @param mostApart how many untrusted texts a prompt may bring along
   */
  record Model(
      Optional<EngineOptions> options,
      Asking asking,
      OptionalInt maxJudgings,
      Duration timeout,
      int tailTokens,
      int mostApart) {}

  /**
   * How a guard model is asked.
   *
   * @param format what the prompt is
   * @param adapter the engine's name for the guard adapter; empty for a whole guard model
   */
  record Asking(GuardFormat format, Optional<String> adapter) {}
}
