package dev.chasqui.guard.publication;

import dev.chasqui.events.PolicyEvent;
import dev.chasqui.guard.policy.InvalidPolicyException;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicyKey;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the events so far come to. An event that is refused changes nothing. Belongs to the thread
 * that applies the events.
 */
public final class PolicyLedger {

  private final Consumer<Policy> check;
  private Policies policies;

  /**
   * Begins with what there is without events.
   *
   * @param floor built-in policies and files
   * @param check throws {@link InvalidPolicyException} for a policy that cannot be judged by
   */
  public PolicyLedger(Policies floor, Consumer<Policy> check) {
    this.policies = floor;
    this.check = check;
  }

  /**
   * Why an event is not used.
   *
   * @param code stable code, in kebab case
   * @param message what is wrong
   */
  public record Refusal(String code, String message) {}

  /** Returns the policies after all events so far. */
  public Policies policies() {
    return policies;
  }

  /**
   * Takes an event.
   *
   * @param key of its record
   * @param event the event
   * @return why it is not used; empty where it is
   */
  public Optional<Refusal> apply(String key, PolicyEvent event) {
    return switch (event.getType()) {
      case PUBLISHED -> event.getPublished() == null ? bodyless(key) : published(key, event);
      case ACTIVATED -> event.getActivated() == null ? bodyless(key) : activated(key, event);
      case DEACTIVATED -> event.getTenant() == null ? bodyless(key) : deactivated(key, event);
      case UNKNOWN -> refuse("unexpected-event", "the event of key %s is of no known type", key);
    };
  }

  private Optional<Refusal> published(String key, PolicyEvent event) {
    try {
      Policy policy = PolicyEvents.policy(event.getPublished());
      if (!key.equals(policy.key().toString())) {
        return refuse("unexpected-key", "policy %s came under the key %s", policy.key(), key);
      }
      check.accept(policy);
      policies = policies.with(policy);
      return Optional.empty();
    } catch (InvalidPolicyException invalid) {
      return refuse("invalid-policy", "policy %s is not used: %s", key, invalid.getMessage());
    }
  }

  private Optional<Refusal> activated(String key, PolicyEvent event) {
    PolicyKey version =
        new PolicyKey(
            event.getActivated().getPolicyId(),
            event.getActivated().getVersion(),
            event.getActivated().getHash());
    String tenant = event.getTenant();
    if (!key.equals(tenant == null ? version.id() : PolicyEvents.tenantKey(tenant))) {
      return refuse("unexpected-key", "activation of %s came under the key %s", version, key);
    }
    policies = tenant == null ? policies.activated(version) : policies.activated(version, tenant);
    return policies.find(version).isPresent()
        ? Optional.empty()
        : refuse(
            "unknown-version",
            "%s was activated, but no such version with hash %s is here yet; the active one stays",
            version,
            version.hash());
  }

  private Optional<Refusal> deactivated(String key, PolicyEvent event) {
    if (!key.equals(PolicyEvents.tenantKey(event.getTenant()))) {
      return refuse(
          "unexpected-key", "deactivation of %s came under the key %s", event.getTenant(), key);
    }
    policies = policies.deactivated(event.getTenant());
    return Optional.empty();
  }

  private static Optional<Refusal> bodyless(String key) {
    return refuse("unexpected-event", "the event of key %s comes without its body", key);
  }

  private static Optional<Refusal> refuse(String code, String message, Object... values) {
    return Optional.of(new Refusal(code, message.formatted(values)));
  }
}
