package dev.chasqui.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * How often the tasks of a topology ask for a commit.
 *
 * <p>A commit is one transaction of the whole stream thread, so the pace is kept per thread: many
 * busy tasks together ask no more often than one. Safe from any thread.
 */
public final class CommitPace {

  private final Duration interval;
  private final Map<Thread, Instant> lastRequests =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Sets the pace.
   *
   * @param interval least time between two commits, where nothing is urgent; more than zero
   */
  public CommitPace(Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "commit-interval is " + interval + ": it must be more than zero, for example 50ms");
    }
    this.interval = interval;
  }

  CommitPacer pacer(Runnable commitRequest) {
    return new CommitPacer(this, commitRequest);
  }

  /** Whether a request is due now; if so it counts as made. */
  boolean claim(Instant now, boolean urgent) {
    Duration gap = urgent ? interval.dividedBy(5) : interval;
    Instant last = lastRequests.get(Thread.currentThread());
    if (last != null && now.isBefore(last.plus(gap)) && !now.isBefore(last)) {
      return false;
    }
    lastRequests.put(Thread.currentThread(), now);
    return true;
  }
}
