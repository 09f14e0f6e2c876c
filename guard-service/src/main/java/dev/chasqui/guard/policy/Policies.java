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
 * the one that was activated, else the highest. Answers find the version that they were admitted
 * under by its key. Never changes; a newer set takes its place.
 */
public final class Policies {

  /** Holds for a prompt that names no policy and whose tenant has none. */
  public static final String DEFAULT_ID = "default";

  private final Map<String, TreeMap<Integer, PolicyKey>> versions = new TreeMap<>();
  private final Map<PolicyKey, Policy> content = new HashMap<>();
  private final Map<String, PolicyKey> active = new HashMap<>();

  /** Pointers to versions that are not here yet: events of two keys may come in any order. */
  private final Map<String, PolicyKey> awaited = new HashMap<>();

  private final Map<String, String> tenants;
  private final String defaultId;

  private Policies(Map<String, String> tenants, String defaultId) {
    this.tenants = Map.copyOf(tenants);
    this.defaultId = defaultId;
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
    Policies set = new Policies(tenants, defaultId);
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
    PolicyKey key = policy.key();
    if (larger.awaited.remove(key.id(), key)) {
      larger.active.put(key.id(), key);
    }
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
    if (content.containsKey(key)) {
      changed.awaited.remove(key.id());
      changed.active.put(key.id(), key);
    } else {
      changed.awaited.put(key.id(), key);
    }
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
    return active(asked.orElseGet(() -> tenants.getOrDefault(tenant, defaultId)));
  }

  /**
   * Returns the version of an id that new prompts get.
   *
   * @param id the policy
   * @return its active version; empty where there is none of this id
   */
  public Optional<Policy> active(String id) {
    return Optional.ofNullable(active.get(id))
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

  /** Returns the tenants that have a policy of their own. */
  public Set<String> tenants() {
    return tenants.keySet();
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
    Policies copy = new Policies(tenants, defaultId);
    versions.forEach((id, all) -> copy.versions.put(id, new TreeMap<>(all)));
    copy.content.putAll(content);
    copy.active.putAll(active);
    copy.awaited.putAll(awaited);
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
