package dev.chasqui.guard.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which version each of some names points to, ids or tenants. A pointer to a version that is not
 * here waits for it, and the one before holds meanwhile: events of two keys may come in any order.
 */
final class Pointers {

  private final Map<String, PolicyKey> held = new TreeMap<>();
  private final Map<String, PolicyKey> awaited = new HashMap<>();

  Pointers copy() {
    Pointers copy = new Pointers();
    copy.held.putAll(held);
    copy.awaited.putAll(awaited);
    return copy;
  }

  void point(String name, PolicyKey version, Set<PolicyKey> here) {
    if (here.contains(version)) {
      awaited.remove(name);
      held.put(name, version);
    } else {
      awaited.put(name, version);
    }
  }

  void drop(String name) {
    awaited.remove(name);
    held.remove(name);
  }

  /** Takes note that a version is here. */
  void came(PolicyKey version) {
    awaited
        .entrySet()
        .removeIf(each -> {
          boolean isIt = each.getValue().equals(version);
          if (isIt) {
            held.put(each.getKey(), version);
          }
          return isIt;
        });
  }

  Optional<PolicyKey> find(String name) {
    return Optional.ofNullable(held.get(name));
  }

  /** Returns what holds, by name. */
  Map<String, PolicyKey> all() {
    return held;
  }
}
