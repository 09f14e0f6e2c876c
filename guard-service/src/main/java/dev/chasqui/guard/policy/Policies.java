package dev.chasqui.guard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All policy versions of this process. The newest version of an id is the active one: new prompts
 * get it; answers find the version they were admitted under by its key.
 */
public final class Policies {

  /** Holds for a prompt that names no policy and whose tenant has none. */
  public static final String DEFAULT_ID = "default";

  private final Map<String, TreeMap<Integer, Policy>> versions = new TreeMap<>();
  private final Map<String, String> tenants;
  private final String defaultId;

  private Policies(Iterable<Policy> policies, Map<String, String> tenants, String defaultId) {
    this.tenants = Map.copyOf(tenants);
    this.defaultId = defaultId;
    policies.forEach(this::add);
  }

  /**
   * Returns a set of policies.
   *
   * @param policies every version
   * @param tenants tenant to policy id
   * @param defaultId the policy of everyone else
   * @return the set
   * @throws InvalidPolicyException if a version is given twice with different content, or a tenant
   *     or the default names an unknown policy
   */
  public static Policies of(
      Iterable<Policy> policies, Map<String, String> tenants, String defaultId) {
    Policies set = new Policies(policies, tenants, defaultId);
    set.checkReferences();
    return set;
  }

  /** Returns the built-in policies alone, {@code default} for everyone. */
  public static Policies builtIn() {
    return of(PolicySource.builtIn(), Map.of(), DEFAULT_ID);
  }

  /**
   * Chooses the version that a new prompt is judged by.
   *
   * @param tenant on whose behalf it comes
   * @param asked the policy id that the prompt names, if it does
   * @return the active version; empty where the prompt names an unknown one
   */
  public Optional<Policy> choose(String tenant, Optional<String> asked) {
    String id = asked.orElseGet(() -> tenants.getOrDefault(tenant, defaultId));
    return Optional.ofNullable(versions.get(id)).map(all -> all.lastEntry().getValue());
  }

  /**
   * Finds the very version that was chosen before.
   *
   * @param key its id, version and hash
   * @return the policy; empty where it is not here or has other content
   */
  public Optional<Policy> find(PolicyKey key) {
    return Optional.ofNullable(versions.get(key.id()))
        .map(all -> all.get(key.version()))
        .filter(policy -> policy.key().equals(key));
  }

  /** Returns the tenants that have a policy of their own. */
  public Set<String> tenants() {
    return tenants.keySet();
  }

  /** Returns the ids of all policies, in order. */
  public List<String> ids() {
    return List.copyOf(versions.keySet());
  }

  private void add(Policy policy) {
    Policy before =
        versions
            .computeIfAbsent(policy.id(), _ -> new TreeMap<>())
            .putIfAbsent(policy.version(), policy);
    if (before != null && !before.equals(policy)) {
      throw new InvalidPolicyException(
          "Policy %s has version %d twice with different content: give the later one version %d."
              .formatted(policy.id(), policy.version(), policy.version() + 1));
    }
  }

  private void checkReferences() {
    List<String> problems = new ArrayList<>();
    for (String id : new TreeSet<>(tenants.values())) {
      if (!versions.containsKey(id)) {
        problems.add("a tenant's policy is \"%s\": known are %s".formatted(id, ids()));
      }
    }
    if (!versions.containsKey(defaultId)) {
      problems.add("the default policy is \"%s\": known are %s".formatted(defaultId, ids()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException("references", problems);
    }
  }
}
