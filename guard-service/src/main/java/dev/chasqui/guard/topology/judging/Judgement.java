package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.time.Duration;

/**
 * A verdict and whose it is.
 *
 * @param requestId the request
 * @param verdict what the guard found, or that it could not
 * @param latency from hand-over to the guard
 */
public record Judgement(String requestId, Verdict verdict, Duration latency) {

  static final Verdict WITHOUT_POLICY =
      Verdict.undecided(
          Cause.NO_POLICY,
          "the policy of the request is not here, or not with that content. Keep every version that"
              + " open requests were admitted under.");

  /**
   * Returns the judgement on a text whose policy is not here: nobody is asked.
   *
   * @param requestId the request
   * @return an undecided judgement
   */
  public static Judgement withoutPolicy(String requestId) {
    return new Judgement(requestId, WITHOUT_POLICY, Duration.ZERO);
  }
}
