package dev.chasqui.guard.topology.input;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.topology.judging.Judgement;
import dev.chasqui.guard.topology.judging.PartVerdict;
import dev.chasqui.guard.topology.wire.Blocking;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the verdicts on a prompt do to it. It passes only if all its texts do; of several that do
 * not, an unsafe one has the word, then an undecided one, then one that a person decides on.
 */
sealed interface PromptEffect {

  /** All texts pass. */
  record Passes() implements PromptEffect {}

  /**
   * A person decides.
   *
   * @param policy which says so
   * @param verdicts the texts in question, at least one
   */
  record Waits(Policy policy, List<PartVerdict> verdicts) implements PromptEffect {}

  /**
   * The prompt ends.
   *
   * @param why the final
   */
  record Stops(Final.Rejected why) implements PromptEffect {}

  /** Rules by the policy of the prompt; without it nothing passes. */
  static PromptEffect of(Optional<Policy> policy, Judgement judgement, PolicyReference reference) {
    if (policy.isEmpty()) {
      Verdict unjudged = Judgement.withoutPolicy(judgement.requestId()).verdict();
      return new Stops(Blocking.ofPrompt(unjudged, "", reference));
    }
    return of(policy.get(), judgement, reference);
  }

  private static PromptEffect of(Policy policy, Judgement judgement, PolicyReference reference) {
    List<PartVerdict> held =
        judgement.all().stream().filter(part -> !policy.admits(part.verdict())).toList();
    if (held.isEmpty()) {
      return new Passes();
    }
    return first(held, Verdict.Unsafe.class::isInstance)
        .or(() -> first(held, Verdict.Undecided.class::isInstance))
        .<PromptEffect>map(
            part -> new Stops(Blocking.ofPrompt(part.verdict(), part.part(), reference)))
        .orElseGet(() -> new Waits(policy, held));
  }

  private static Optional<PartVerdict> first(List<PartVerdict> parts, Predicate<Verdict> which) {
    return parts.stream().filter(part -> which.test(part.verdict())).findFirst();
  }
}
