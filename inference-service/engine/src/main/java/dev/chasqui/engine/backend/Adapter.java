package dev.chasqui.engine.backend;

import java.util.Map;

/**
 * A low-rank adapter in the terms of a program: what is added to the products of some of its
 * weights, for the rows that ask for it. The weights themselves stay as they are.
 *
 * @param name for messages
 * @param changes by the name of the weight whose product they are added to; at least one. An {@link
 *     Op.Embed} of the same weight is not changed
 */
public record Adapter(String name, Map<String, LowRank> changes) {

  /** Copies the map. */
  public Adapter {
    changes = Map.copyOf(changes);
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("adapter " + name + " changes nothing");
    }
  }
}
