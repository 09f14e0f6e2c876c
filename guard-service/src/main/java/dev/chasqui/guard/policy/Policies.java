package dev.chasqui.guard.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All policy versions that are known at one moment. New prompts get the active version of an id:
 * the one that was activated, else the highest; those of a tenant that has an active version of its
 * own get that, unless they name another id. Answers find the version that they were admitted under
 * by its key. Never changes; a newer set takes its place.
 */
public final class Policies {

  /** Holds for a prompt that names no policy and whose tenant has none. */
  public static final String DEFAULT_ID = "default";

  private final Map<String, TreeMap<Integer, PolicyKey>> versions = new TreeMap<>();
  private final Map<PolicyKey, Policy> content = new HashMap<>();
  private final Map<String, String> tenants;
  private final String defaultId;

  /** By id. */
  private final Pointers active;

  /** By tenant. */
  private final Pointers ofTenants;

  private Policies(
      Map<String, String> tenants, String defaultId, Pointers active, Pointers ofTenants) {
    this.tenants = Map.copyOf(tenants);
    this.defaultId = defaultId;
    this.active = active;
    this.ofTenants = ofTenants;
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
    Policies set = new Policies(tenants, defaultId, new Pointers(), new Pointers());
    policies.forEach(set::add);
    set.checkReferences();
    return set;
  }

  /** Returns the built-in policies alone, {@code default} for everyone. */
  public static Policies builtIn() {
    return of(PolicySource.builtIn(), Map.of(), DEFAULT_ID);
  }

  /**
   * Returns this set with one more version; it becomes the active one if it is the highest of an id
   * of which none was activated, or if it is the one that was.
   *
   * @param policy the version
   * @return the larger set
   * @throws InvalidPolicyException if the version is here with other content
   */
  public Policies with(Policy policy) {
    Policies larger = copy();
    larger.add(policy);
    larger.active.came(policy.key());
    larger.ofTenants.came(policy.key());
    return larger;
  }

  /**
   * Returns this set with another active version of an id. While the version is not here, the
   * active one stays.
   *
   * @param key the version
   * @return the changed set
   */
  public Policies activated(PolicyKey key) {
    Policies changed = copy();
    changed.active.point(key.id(), key, content.keySet());
    return changed;
  }

  /**
   * Returns this set with another active version of a tenant, in place of the one it had. While the
   * version is not here, that one stays.
   *
   * @param key the version
   * @param tenant whose new prompts get it, unless they name another policy
   * @return the changed set
   */
  public Policies activated(PolicyKey key, String tenant) {
    Policies changed = copy();
    changed.ofTenants.point(tenant, key, content.keySet());
    return changed;
  }

  /**
   * Returns this set without an active version of a tenant's own.
   *
   * @param tenant the tenant, whether it has one or not
   * @return the changed set
   */
  public Policies deactivated(String tenant) {
    Policies changed = copy();
    changed.ofTenants.drop(tenant);
    return changed;
  }

  /**
   * Chooses the version that a new prompt is judged by.
   *
   * @param tenant on whose behalf it comes
   * @param asked the policy id that the prompt names, if it does
   * @return the active version; empty where the prompt names an unknown one
   */
  public Optional<Policy> choose(String tenant, Optional<String> asked) {
    return ofTenant(tenant)
        .filter(own -> asked.isEmpty() || asked.get().equals(own.id()))
        .or(() -> active(asked.orElseGet(() -> tenants.getOrDefault(tenant, defaultId))));
  }

  /**
   * Returns the active version of a tenant's own.
   *
   * @param tenant the tenant
   * @return what was activated for it; empty where it gets what everyone gets
   */
  public Optional<Policy> ofTenant(String tenant) {
    return ofTenants.find(tenant).map(content::get);
  }

  /**
   * Returns the tenants that have a version as the active one of their own.
   *
   * @param key the version
   * @return the tenants, in order
   */
  public List<String> tenantsOf(PolicyKey key) {
    return ofTenants.all().entrySet().stream()
        .filter(each -> each.getValue().equals(key))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Returns the version of an id that new prompts get.
   *
   * @param id the policy
   * @return its active version; empty where there is none of this id
   */
  public Optional<Policy> active(String id) {
    return active
        .find(id)
        .or(() -> Optional.ofNullable(versions.get(id)).map(all -> all.lastEntry().getValue()))
        .map(content::get);
  }

  /**
   * Returns the policies that watch what a policy judges.
   *
   * @param policy any
   * @return the active versions of its shadows, as far as they are here
   */
  public List<Policy> shadows(Policy policy) {
    return policy.shadows().stream().map(this::active).flatMap(Optional::stream).toList();
  }

  /**
   * Finds the very version that was chosen before.
   *
   * @param key its id, version and hash
   * @return the policy; empty where it is not here or has other content
   */
  public Optional<Policy> find(PolicyKey key) {
    return Optional.ofNullable(content.get(key));
  }

  /**
   * Finds a version by its number.
   *
   * @param id the policy
   * @param version its version
   * @return the policy, if it is here
   */
  public Optional<Policy> find(String id, int version) {
    return Optional.ofNullable(versions.get(id)).map(all -> all.get(version)).map(content::get);
  }

  /** Returns the tenants that have a policy or a version of their own. */
  public Set<String> tenants() {
    Set<String> all = new TreeSet<>(tenants.keySet());
    all.addAll(ofTenants.all().keySet());
    return all;
  }

  /** Returns the ids of all policies, in order. */
  public List<String> ids() {
    return List.copyOf(versions.keySet());
  }

  /** Returns all versions, by id and number. */
  public List<Policy> all() {
    return versions.values().stream()
        .map(Map::values)
        .flatMap(Collection::stream)
        .map(content::get)
        .toList();
  }

  private Policies copy() {
    Policies copy = new Policies(tenants, defaultId, active.copy(), ofTenants.copy());
    versions.forEach((id, all) -> copy.versions.put(id, new TreeMap<>(all)));
    copy.content.putAll(content);
    return copy;
  }

  private void add(Policy policy) {
    PolicyKey key = policy.key();
    PolicyKey before =
        versions
            .computeIfAbsent(policy.id(), _ -> new TreeMap<>())
            .putIfAbsent(policy.version(), key);
    if (before != null && !before.equals(key)) {
      throw new InvalidPolicyException(
          "Policy %s has version %d twice with different content: give the later one version %d."
              .formatted(policy.id(), policy.version(), policy.version() + 1));
    }
    content.put(key, policy);
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
