package dev.chasqui.guard.topology.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When to look at which request again. Kept in memory beside a store, which says whether there is
 * still something to do; filled from the store when a task opens. Belongs to the stream thread.
 */
public final class Alarms {

  private static final int MOST_AT_ONCE = 500;

  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::time));

  private record Alarm(Instant time, String requestId) {}

  /**
   * Notes a time.
   *
   * @param time when to look again
   * @param requestId at which request
   */
  public void set(Instant time, String requestId) {
    alarms.add(new Alarm(time, requestId));
  }

  /**
   * Takes the ids whose time has come. Of very many, some are left for the next time, so that a
   * turn stays short.
   *
   * @param now wall clock
   * @return the ids, each as often as it was noted
   */
  public List<String> due(Instant now) {
    List<String> due = new ArrayList<>();
    while (!alarms.isEmpty() && !now.isBefore(alarms.peek().time()) && due.size() < MOST_AT_ONCE) {
      due.add(alarms.poll().requestId());
    }
    return due;
  }
}
