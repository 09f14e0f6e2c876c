package dev.chasqui.stream;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The order of requests that wait for room; the requests themselves wait in a store.
 *
 * <p>The highest priority goes first. Within it tenants take turns, so that one with many requests,
 * or with a deadline on each, holds up nobody else. Within a tenant the earliest deadline goes
 * first (none is the latest), then the earliest arrival. Every step takes O(log n). Not safe for
 * use by several threads: see {@link Turnstile}.
 *
 * @param <T> what stands in line; equal only to itself
 */
public final class WaitingLine<T> {

  private static final Comparator<Place<?>> WITHIN_TENANT =
      Comparator.<Place<?>, Instant>comparing(
              place -> place.waiting().deadline().orElse(Instant.MAX))
          .thenComparing(place -> place.waiting().arrival())
          .thenComparingLong(Place::number);

  private final TreeMap<Integer, LinkedHashMap<String, TreeSet<Place<T>>>> levels =
      new TreeMap<>(Collections.reverseOrder());
  private final Map<T, Place<T>> places = new LinkedHashMap<>();
  private long nextNumber;
  private long tokens;

  private record Place<T>(T item, Waiting waiting, long number) {}

  /**
   * Puts a request in line.
   *
   * @param item the request; not in line yet
   * @param waiting where it belongs
   */
  public void add(T item, Waiting waiting) {
    Place<T> place = new Place<>(item, waiting, nextNumber++);
    if (places.putIfAbsent(item, place) != null) {
      throw new IllegalStateException(item + " stands in line already");
    }
    levels
        .computeIfAbsent(waiting.priority(), priority -> new LinkedHashMap<>())
        .computeIfAbsent(waiting.tenant(), tenant -> new TreeSet<>(WITHIN_TENANT))
        .add(place);
    tokens += waiting.tokens();
  }

  /** Takes the request whose turn it is; its tenant goes to the end of the round. */
  public Optional<T> take() {
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    var level = levels.firstEntry().getValue();
    Iterator<Map.Entry<String, TreeSet<Place<T>>>> round = level.entrySet().iterator();
    var turn = round.next();
    Place<T> place = turn.getValue().first();
    remove(place.item());
    if (level.remove(turn.getKey(), turn.getValue())) {
      level.put(turn.getKey(), turn.getValue());
    }
    return Optional.of(place.item());
  }

  /**
   * Takes a request out of the line.
   *
   * @param item the request
   * @return whether it stood in line
   */
  public boolean remove(T item) {
    Place<T> place = places.remove(item);
    if (place == null) {
      return false;
    }
    tokens -= place.waiting().tokens();
    var level = levels.get(place.waiting().priority());
    var ofTenant = level.get(place.waiting().tenant());
    ofTenant.remove(place);
    if (ofTenant.isEmpty()) {
      level.remove(place.waiting().tenant());
    }
    if (level.isEmpty()) {
      levels.remove(place.waiting().priority());
    }
    return true;
  }

  /** Returns how many requests stand in line. */
  public int size() {
    return places.size();
  }

  /** Returns how many tokens the requests in line are together. */
  public long tokens() {
    return tokens;
  }
}
