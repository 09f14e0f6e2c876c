package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Verdict;
import java.time.Duration;

/** Writes down what a policy found that only watched; called on the stream thread. */
@FunctionalInterface
public interface Recording {

  /**
   * Writes a verdict down.
   *
   * @param shadow the policy that watched
   * @param verdict what the guard found under it
   * @param latency from hand-over to the guard
   */
  void record(Policy shadow, Verdict verdict, Duration latency);
}
