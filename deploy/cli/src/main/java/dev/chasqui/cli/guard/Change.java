package dev.chasqui.cli.guard;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.verdict.Verdict;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A verdict of that time and the one of now.
 *
 * @param recorded of that time
 * @param verdict the guard's of now; empty where the code scan alone gave the one of that time
 * @param code what the code scan finds now
 * @param policy the policy of now
 */
record Change(SafetyVerdict recorded, Optional<Verdict> verdict, CodeFindings code, Policy policy) {

  /** What the code scan stops is unsafe, whatever the guard model says. */
  VerdictOutcome outcome() {
    return code.stops()
        ? VerdictOutcome.UNSAFE
        : verdict.map(Change::outcome).orElse(VerdictOutcome.SAFE);
  }

  private static VerdictOutcome outcome(Verdict verdict) {
    return switch (verdict) {
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

  /** Returns why the outcome is what it is now. */
  String why() {
    return ChangeReason.of(this);
  }

  /** Returns a line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-36s %-22s %-10s %6s  %-20s -> %-10s %6s  %s",
        recorded.getRequestId(),
        what(),
        lower(recorded.getOutcome()),
        score(recorded.getScore()),
        policyOfThatTime(),
        lower(outcome()),
        score(scoreOfNow()),
        why());
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
        .put("policy", policyOfThatTime())
        .put("reason", recorded.getReason());
    fields
        .putObject("now")
        .put("outcome", lower(outcome()))
        .put("score", scoreOfNow())
        .put("policy", policy.key().toString())
        .put("reason", why())
        .put("byCodeScan", code.stops());
  }

  private @Nullable Double scoreOfNow() {
    return verdict.flatMap(Judge::score).orElse(null);
  }

  private String what() {
    VerdictWindow window = recorded.getWindow();
    if (recorded.getSubject() != VerdictSubject.RESPONSE || window == null) {
      return recorded.getPart().isEmpty() ? "prompt" : recorded.getPart();
    }
    return "answer %d, %d-%d"
        .formatted(window.getChoice(), window.getFromSequence(), window.getToSequence() - 1);
  }

  private String policyOfThatTime() {
    PolicyReference given = recorded.getPolicy();
    return given == null ? "" : given.getPolicyId() + "@" + given.getVersion();
  }

  private static String score(@Nullable Double score) {
    return score == null ? "-" : String.format(Locale.ROOT, "%.3f", score);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
