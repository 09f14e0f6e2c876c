package dev.chasqui.guard.topology.input;

import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.ReleaseMode;
import dev.chasqui.guard.topology.Pools;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import java.util.Optional;

/**
 * Looks at a prompt before any model does: can it be answered as it stands, and by which policy.
 */
final class Screening {

  private static final String UNKNOWN_MODEL = "unknown-model";

  private final Pools pools;
  private final Policies policies;

  Screening(Pools pools, Policies policies) {
    this.pools = pools;
    this.policies = policies;
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
        PromptRules.check(prompt).or(() -> unknownModel(prompt)).or(() -> unknownPolicy(prompt));
    if (problem.isPresent()) {
      return new Outcome.Refused(problem.get());
    }
    return mode(prompt, policy(prompt).orElseThrow());
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
