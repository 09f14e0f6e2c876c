package dev.chasqui.guard.topology.wire;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/** Words for texts that a verdict stops. */
public final class Blocking {

  private static final String UNDECIDED = "undecided";

  private Blocking() {}

  /**
   * Returns the rejection of a prompt.
   *
   * @param verdict what the guard found
   * @param part the text that it found it in, for example {@code documents[0]}; empty for the
   *     conversation
   * @param policy what it was judged by
   * @return unsafe or undecided
   */
  public static Final.Rejected ofPrompt(Verdict verdict, String part, PolicyReference policy) {
    if (part.isEmpty()) {
      return rejection("unsafe-prompt", "prompt", verdict, policy);
    }
    Final.Rejected rejected = rejection("unsafe-prompt", part, verdict, policy);
    return new Final.Rejected(
        rejected.code(), rejected.message(), Optional.of(part), rejected.categories());
  }

  /**
   * Returns the rejection of an answer.
   *
   * @param verdict what the guard found
   * @param policy what it was judged by
   * @return unsafe or undecided
   */
  public static Final.Rejected ofResponse(Verdict verdict, PolicyReference policy) {
    return rejection("unsafe-response", "answer", verdict, policy);
  }

  /**
   * Returns the rejection of an answer for its code.
   *
   * @param code what was found
   * @param policy what it was judged by
   * @return insecure code
   */
  public static Final.Rejected ofCode(CodeFindings code, PolicyReference policy) {
    return Final.Rejected.content(
        "insecure-code",
        "the code in the answer has weaknesses that policy %s@%d stops: %s. Ask for a secure way to do it."
            .formatted(policy.getPolicyId(), policy.getVersion(), code.inWords()),
        List.of());
  }

  private static Final.Rejected rejection(
      String unsafeCode, String subject, Verdict verdict, PolicyReference policy) {
    return switch (verdict) {
      case Verdict.Unsafe(Score score, List<String> categories) ->
          Final.Rejected.content(
              unsafeCode,
              "the guard found the %s unsafe under policy %s@%d: score %.3f%s. Rephrase the prompt."
                  .formatted(
                      subject,
                      policy.getPolicyId(),
                      policy.getVersion(),
                      score.unsafe(),
                      found(categories)),
              categories);
      case Verdict.Review _ ->
          throw new IllegalArgumentException("a person decides on a " + subject + " in review");
      case Verdict.Undecided undecided ->
          Final.Rejected.content(
              UNDECIDED,
              "the guard could not judge the %s, and policy %s@%d stops what is undecided: %s"
                  .formatted(
                      subject, policy.getPolicyId(), policy.getVersion(), undecided.reason()),
              List.of());
      case Verdict.Safe _ ->
          throw new IllegalArgumentException("a safe " + subject + " is not stopped");
    };
  }

  private static String found(List<String> categories) {
    return categories.isEmpty() ? "" : ", " + String.join(", ", categories);
  }
}
