package dev.chasqui.guard.topology.input;

import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.topology.Pools;
import dev.chasqui.guard.topology.judging.Part;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a prompt before any model does: can it be answered as it stands, and by which policy.
 */
final class Screening {

  private static final String UNKNOWN_MODEL = "unknown-model";
  private static final String TOO_MANY_UNTRUSTED = "too-many-untrusted";

  private final Pools pools;
  private final Policies policies;
  private final int mostApart;

  Screening(Pools pools, Policies policies, int mostApart) {
    this.pools = pools;
    this.policies = policies;
    this.mostApart = mostApart;
  }

  /** What screening a prompt comes to. */
  sealed interface Outcome {

    /**
     * The prompt can be judged.
     *
     * @param policy chosen for it
     * @param mode the stricter release mode of policy and prompt
     */
    record Passed(Policy policy, ReleaseMode mode) implements Outcome {}

    /**
     * The prompt ends here.
     *
     * @param rejection why
     */
    record Refused(Final.Rejected rejection) implements Outcome {}
  }

  Outcome screen(PromptSubmitted prompt) {
    Optional<Final.Rejected> problem =
        PromptRules.check(prompt)
            .or(() -> tooManyUntrusted(prompt))
            .or(() -> unknownModel(prompt))
            .or(() -> unknownPolicy(prompt));
    if (problem.isPresent()) {
      return new Outcome.Refused(problem.get());
    }
    return mode(prompt, policy(prompt).orElseThrow());
  }

  /** Each costs the guard as much as a prompt of its own, one after the other in one place. */
  private Optional<Final.Rejected> tooManyUntrusted(PromptSubmitted prompt) {
    List<Part> parts = Conversations.parts(prompt);
    if (parts.size() <= mostApart) {
      return Optional.empty();
    }
    String first = parts.getFirst().name();
    return Optional.of(
        Final.Rejected.field(
            TOO_MANY_UNTRUSTED,
            first.substring(0, first.indexOf('[')),
            "%s and what follows are %d documents and results of tools that are not trusted: at most %d are judged. Send fewer, join some, or mark as TRUSTED what you vouch for."
                .formatted(first, parts.size(), mostApart)));
  }

  private Optional<Final.Rejected> unknownModel(PromptSubmitted prompt) {
    if (pools.poolOf(prompt.getModel()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Final.Rejected.field(
            UNKNOWN_MODEL,
            "model",
            "model is \"%s\": no pool serves it. Use one of %s."
                .formatted(PromptRules.shortened(prompt.getModel()), pools.models())));
  }

  private Optional<Final.Rejected> unknownPolicy(PromptSubmitted prompt) {
    if (policy(prompt).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        PromptRules.invalid(
            "policyId",
            "policyId is \"%s\": there is no such policy. Use one of %s, or none for the tenant's."
                .formatted(PromptRules.shortened(prompt.getPolicyId()), policies.ids())));
  }

  private Optional<Policy> policy(PromptSubmitted prompt) {
    return policies.choose(prompt.getTenant(), Optional.ofNullable(prompt.getPolicyId()));
  }

  private static Outcome mode(PromptSubmitted prompt, Policy policy) {
    ReleaseMode ofPolicy = policy.release().mode();
    ReleaseMode mode =
        Optional.ofNullable(prompt.getReleaseMode()).map(PolicyReferences::mode).orElse(ofPolicy);
    if (!mode.isAtLeastAsStrictAs(ofPolicy)) {
      return new Outcome.Refused(
          PromptRules.invalid(
              "releaseMode",
              "releaseMode is %s: policy %s releases by %s, and a prompt may only be stricter. Leave it out."
                  .formatted(mode, policy.key(), ofPolicy)));
    }
    return new Outcome.Passed(policy, mode);
  }
}
