package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.verdict.Verdict;

/** What reaches a task of the guard from other threads. Each names the judging by its number. */
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
}
