package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The verdict on a conversation, and those on what it brings along.
 *
 * @param requestId the request
 * @param verdict what the guard found, or that it could not
 * @param latency from hand-over to the guard
 * @param parts the verdicts on what was judged apart
 */
public record Judgement(
    String requestId, Verdict verdict, Duration latency, List<PartVerdict> parts) {

  static final Verdict WITHOUT_POLICY =
      Verdict.undecided(
          Cause.NO_POLICY,
          "the policy of the request is not here, or not with that content. Keep every version that"
              + " open requests were admitted under.");

  /** Copies the list. */
  public Judgement {
    parts = List.copyOf(parts);
  }

  /**
   * Makes a judgement on a conversation alone.
   *
   * @param requestId the request
   * @param verdict what the guard found, or that it could not
   * @param latency from hand-over to the guard
   */
  public Judgement(String requestId, Verdict verdict, Duration latency) {
    this(requestId, verdict, latency, List.of());
  }

  /** Returns all verdicts, that on the conversation first. */
  public List<PartVerdict> all() {
    List<PartVerdict> all = new ArrayList<>();
    all.add(new PartVerdict("", verdict, latency));
    all.addAll(parts);
    return all;
  }

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
