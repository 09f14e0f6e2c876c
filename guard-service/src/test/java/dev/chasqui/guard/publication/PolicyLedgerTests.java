package dev.chasqui.guard.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.PolicyEvent;
import dev.chasqui.events.PolicyEventType;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicyKey;
import dev.chasqui.guard.policy.PolicySource;
import dev.chasqui.guard.publication.PolicyLedger.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyLedgerTests {

  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Policy FIRST = policy("id=shop");
  private static final Policy SECOND = policy("id=shop\nversion=2\nunsafe-threshold=0.4");
  private static final Policy THIRD = policy("id=shop\nversion=3\nunsafe-threshold=0.3");

  private final PolicyLedger ledger =
      new PolicyLedger(
          Policies.of(List.of(FIRST), Map.of(), "shop"),
          GuardFormat.named(GuardFormat.DEFAULT_GUARD)::check);

  @Test
  void givesNewPromptsTheHighestVersionWhileNoneWasActivated() {
    assertThat(publish(THIRD)).isEmpty();
    assertThat(publish(SECOND)).isEmpty();

    assertThat(active()).isEqualTo(THIRD);
    assertThat(ledger.policies().find(FIRST.key())).contains(FIRST);
    assertThat(ledger.policies().find(SECOND.key())).contains(SECOND);
  }

  @Test
  void givesNewPromptsTheVersionThatWasActivatedAlsoAnEarlierOne() {
    publish(SECOND);
    assertThat(activate(SECOND.key())).isEmpty();
    publish(THIRD);
    assertThat(active()).isEqualTo(SECOND);

    assertThat(activate(FIRST.key())).isEmpty();
    assertThat(active()).isEqualTo(FIRST);
  }

  @Test
  void neverChangesAPublishedVersion() {
    publish(SECOND);
    Policy other = policy("id=shop\nversion=2\nundecided=admit");

    assertThat(publish(SECOND)).as("the same once more").isEmpty();
    assertThat(publish(other).orElseThrow().message()).contains("version 2 twice");
    assertThat(publish(policy("id=shop\nundecided=admit"))).as("of the floor").isPresent();

    assertThat(ledger.policies().find("shop", 2)).contains(SECOND);
    assertThat(ledger.policies().find("shop", 1)).contains(FIRST);
  }

  @Test
  void keepsTheActiveVersionUntilTheOneThatWasActivatedIsHere() {
    publish(SECOND);
    activate(FIRST.key());

    assertThat(activate(THIRD.key()).orElseThrow().code()).isEqualTo("unknown-version");
    assertThat(active()).isEqualTo(FIRST);

    publish(THIRD);
    assertThat(active()).isEqualTo(THIRD);
  }

  @Test
  void activatesNoVersionWithOtherContent() {
    publish(SECOND);
    PolicyKey forged = new PolicyKey("shop", 1, "0".repeat(64));

    assertThat(activate(forged)).isPresent();
    assertThat(active()).isEqualTo(SECOND);
  }

  @Test
  void usesNothingThatDoesNotMakeSense() {
    Policies before = ledger.policies();
    PolicyEvent published = PolicyEvents.published(SECOND, NOW);

    assertThat(apply("shop@3", published).code()).isEqualTo("unexpected-key");
    assertThat(apply("other", PolicyEvents.activated(FIRST.key(), NOW)).code())
        .isEqualTo("unexpected-key");
    for (PolicyEventType type : PolicyEventType.values()) {
      assertThat(apply("shop", new PolicyEvent(type, NOW, null, null)).code())
          .isEqualTo("unexpected-event");
    }
    Policy ruled = policy("id=shop\nversion=2\ncategory.S1.action=allow");
    assertThat(publish(ruled).orElseThrow().message()).contains("rules for single categories");
    assertThat(ledger.policies()).isSameAs(before);
  }

  private Policy active() {
    return ledger.policies().choose("any", Optional.empty()).orElseThrow();
  }

  private Optional<Refusal> publish(Policy policy) {
    return ledger.apply(policy.key().toString(), PolicyEvents.published(policy, NOW));
  }

  private Optional<Refusal> activate(PolicyKey key) {
    return ledger.apply(key.id(), PolicyEvents.activated(key, NOW));
  }

  private Refusal apply(String key, PolicyEvent event) {
    return ledger.apply(key, event).orElseThrow();
  }

  private static Policy policy(String text) {
    return PolicySource.parse("test", text);
  }
}
