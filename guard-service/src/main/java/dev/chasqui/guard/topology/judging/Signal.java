package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Verdict;
import java.time.Instant;

/**
 * What reaches a task of the guard from other threads. What is about a judging names it by its
 * number.
 */
public sealed interface Signal {

  /**
   * The guard has room.
   *
   * @param number the judging whose turn it is
   */
  record TurnCame(long number) implements Signal {}

  /**
   * The guard has answered.
   *
   * @param number the judging
   * @param verdict what it found
   */
  record Judged(long number, Verdict verdict) implements Signal {}

  /**
   * The guard has answered a policy that only watches; whatever became of the judging.
   *
   * @param shadow the policy
   * @param verdict what it found
   * @param askedAt when the text was handed to the guard
   * @param recording writes it down
   */
  record Watched(Policy shadow, Verdict verdict, Instant askedAt, Recording recording)
      implements Signal {}
}
