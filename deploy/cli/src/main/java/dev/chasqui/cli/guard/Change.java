package dev.chasqui.cli.guard;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.verdict.Verdict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A verdict of that time and the one of now.
 *
 * @param recorded of that time
 * @param now of now
 */
record Change(SafetyVerdict recorded, Verdict now) {

  VerdictOutcome outcome() {
    return switch (now) {
      case Verdict.Safe _ -> VerdictOutcome.SAFE;
      case Verdict.Review _ -> VerdictOutcome.REVIEW;
      case Verdict.Unsafe _ -> VerdictOutcome.UNSAFE;
      case Verdict.Undecided _ -> VerdictOutcome.UNDECIDED;
    };
  }

  boolean isOne() {
    return outcome() != recorded.getOutcome();
  }

  /** Returns both outcomes, for a count. */
  String kind() {
    return lower(recorded.getOutcome()) + " -> " + lower(outcome());
  }

  /** Returns a line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-36s %-22s %-10s %6s  %-20s -> %-10s %6s",
        recorded.getRequestId(),
        what(),
        lower(recorded.getOutcome()),
        score(recorded.getScore()),
        policy(),
        lower(outcome()),
        score(Judge.score(now).orElse(null)));
  }

  /** Writes everything into an object. */
  void putInto(ObjectNode fields) {
    fields
        .put("requestId", recorded.getRequestId())
        .put("subject", lower(recorded.getSubject()))
        .put("part", recorded.getPart())
        .put("time", recorded.getTime().toString());
    VerdictWindow window = recorded.getWindow();
    if (window != null) {
      fields
          .putObject("window")
          .put("choice", window.getChoice())
          .put("fromSequence", window.getFromSequence())
          .put("toSequence", window.getToSequence());
    }
    fields
        .putObject("recorded")
        .put("outcome", lower(recorded.getOutcome()))
        .put("score", recorded.getScore())
        .put("policy", policy());
    fields
        .putObject("now")
        .put("outcome", lower(outcome()))
        .put("score", Judge.score(now).orElse(null));
  }

  private String what() {
    VerdictWindow window = recorded.getWindow();
    if (recorded.getSubject() != VerdictSubject.RESPONSE || window == null) {
      return recorded.getPart().isEmpty() ? "prompt" : recorded.getPart();
    }
    return "answer %d, %d-%d"
        .formatted(window.getChoice(), window.getFromSequence(), window.getToSequence() - 1);
  }

  private String policy() {
    PolicyReference policy = recorded.getPolicy();
    return policy == null ? "" : policy.getPolicyId() + "@" + policy.getVersion();
  }

  private static String score(@Nullable Double score) {
    return score == null ? "-" : String.format(Locale.ROOT, "%.3f", score);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
