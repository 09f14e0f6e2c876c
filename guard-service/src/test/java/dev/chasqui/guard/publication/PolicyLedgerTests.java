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
  void givesATenantItsOwnVersionUntilItIsDeactivated() {
    publish(SECOND);
    publish(THIRD);

    assertThat(activateFor("acme", FIRST.key())).isEmpty();
    assertThat(of("acme", Optional.empty())).isEqualTo(FIRST);
    assertThat(of("acme", Optional.of("shop"))).isEqualTo(FIRST);
    assertThat(active()).as("everyone else").isEqualTo(THIRD);
    assertThat(ledger.policies().tenantsOf(FIRST.key())).containsExactly("acme");
    assertThat(ledger.policies().tenants()).as("read for it at the start").contains("acme");

    activate(SECOND.key());
    assertThat(of("acme", Optional.empty())).as("the tenant's overrides the id's").isEqualTo(FIRST);

    assertThat(deactivate("acme")).isEmpty();
    assertThat(of("acme", Optional.empty())).isEqualTo(SECOND);
    assertThat(ledger.policies().tenantsOf(FIRST.key())).isEmpty();
  }

  @Test
  void givesATenantThatNamesAnotherPolicyThatOne() {
    Policy other = policy("id=other");
    publish(other);
    activateFor("acme", FIRST.key());

    assertThat(of("acme", Optional.of("other"))).isEqualTo(other);
    assertThat(ledger.policies().choose("acme", Optional.of("strange"))).isEmpty();
  }

  @Test
  void keepsATenantsVersionUntilTheOneThatWasActivatedIsHere() {
    activateFor("acme", FIRST.key());

    assertThat(activateFor("acme", THIRD.key()).orElseThrow().code()).isEqualTo("unknown-version");
    activateFor("beta", THIRD.key());
    publish(SECOND);
    assertThat(of("acme", Optional.empty())).isEqualTo(FIRST);
    assertThat(of("beta", Optional.empty())).isEqualTo(SECOND);

    publish(THIRD);
    activate(SECOND.key());
    assertThat(of("acme", Optional.empty())).isEqualTo(THIRD);
    assertThat(of("beta", Optional.empty())).isEqualTo(THIRD);
    assertThat(ledger.policies().tenantsOf(THIRD.key())).containsExactly("acme", "beta");
  }

  @Test
  void takesNothingOfATenantUnderAnotherKey() {
    PolicyEvent forAcme = PolicyEvents.activated(FIRST.key(), "acme", NOW);

    assertThat(apply("shop", forAcme).code()).isEqualTo("unexpected-key");
    assertThat(apply("tenant:beta", forAcme).code()).isEqualTo("unexpected-key");
    assertThat(apply("tenant:acme", PolicyEvents.activated(FIRST.key(), NOW)).code())
        .isEqualTo("unexpected-key");
    assertThat(apply("acme", PolicyEvents.deactivated("acme", NOW)).code())
        .isEqualTo("unexpected-key");
  }

  @Test
  void usesNothingThatDoesNotMakeSense() {
    Policies before = ledger.policies();
    PolicyEvent published = PolicyEvents.published(SECOND, NOW);

    assertThat(apply("shop@3", published).code()).isEqualTo("unexpected-key");
    assertThat(apply("other", PolicyEvents.activated(FIRST.key(), NOW)).code())
        .isEqualTo("unexpected-key");
    for (PolicyEventType type : PolicyEventType.values()) {
      assertThat(apply("shop", new PolicyEvent(type, NOW, null, null, null)).code())
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

  private Policy of(String tenant, Optional<String> asked) {
    return ledger.policies().choose(tenant, asked).orElseThrow();
  }

  private Optional<Refusal> activateFor(String tenant, PolicyKey key) {
    return ledger.apply("tenant:" + tenant, PolicyEvents.activated(key, tenant, NOW));
  }

  private Optional<Refusal> deactivate(String tenant) {
    return ledger.apply("tenant:" + tenant, PolicyEvents.deactivated(tenant, NOW));
  }

  private Refusal apply(String key, PolicyEvent event) {
    return ledger.apply(key, event).orElseThrow();
  }

  private static Policy policy(String text) {
    return PolicySource.parse("test", text);
  }
}
