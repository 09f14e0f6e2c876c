package dev.chasqui.guard.topology.output;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.topology.wire.Blocking;
import dev.chasqui.guard.topology.wire.CodeFindings;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.verdict.Verdict;
import java.util.Optional;

/** What a verdict on a window does to the answer. */
sealed interface Effect {

  /** The answer goes on, and what was judged counts as let through. */
  record GoesOn() implements Effect {}

  /**
   * Nothing from the window on is let through.
   *
   * @param rejection the final
   */
  record Stops(Final.Rejected rejection) implements Effect {}

  /**
   * A person decides; until then nothing from the window on is let through.
   *
   * @param policy which says so
   * @param verdict in its review band
   */
  record Waits(Policy policy, Verdict.Review verdict) implements Effect {}

  /** Decides by policy and release mode; without its policy nothing goes on. */
  static Effect on(Answer.Start start, Verdict verdict, CodeFindings code) {
    return start.heedsVerdicts() ? byPolicy(start, verdict, code) : new GoesOn();
  }

  /** Decides by policy as every release mode does that heeds verdicts. */
  static Effect byPolicy(Answer.Start start, Verdict verdict, CodeFindings code) {
    boolean admitted = start.policy().map(policy -> policy.admits(verdict)).orElse(false);
    PolicyReference policy = start.address().policy().orElseThrow();
    boolean waits = verdict instanceof Verdict.Review && start.policy().isPresent();
    if (!admitted && !waits) {
      return new Stops(Blocking.ofResponse(verdict, policy));
    }
    if (code.stops()) {
      return new Stops(Blocking.ofCode(code, policy));
    }
    return verdict instanceof Verdict.Review review
        ? new Waits(start.policy().orElseThrow(), review)
        : new GoesOn();
  }

  /** Returns a word for what it does to the answer; empty where that goes on. */
  default Optional<String> outcome() {
    return switch (this) {
      case GoesOn _ -> Optional.empty();
      case Stops(Final.Rejected rejection) -> Optional.of(rejection.code());
      case Waits _ -> Optional.of("review");
    };
  }

  /** Returns whether the answer goes on. */
  default boolean admits() {
    return this instanceof GoesOn;
  }
}
