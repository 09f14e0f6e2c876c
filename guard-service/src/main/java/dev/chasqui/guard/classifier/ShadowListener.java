package dev.chasqui.guard.classifier;

import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Verdict;

/** Gets verdicts on one text by several policies, on the engine's thread. */
public interface ShadowListener {

  /**
   * Takes the verdict that counts; comes first and once.
   *
   * @param verdict by the policy of the request
   */
  void judged(Verdict verdict);

  /**
   * Takes a verdict that is only recorded.
   *
   * @param shadow the policy that watched
   * @param verdict by that policy
   */
  void watched(Policy shadow, Verdict verdict);
}
