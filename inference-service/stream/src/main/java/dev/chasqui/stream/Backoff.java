package dev.chasqui.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a failed stream thread is replaced: doubled with each failure, from the
 * start again after a quiet minute. Safe from any thread.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private Duration next = FIRST;
  private Instant lastFailure = Instant.MIN;

  synchronized Duration failed(Instant now) {
    if (lastFailure.isBefore(now.minus(QUIET))) {
      next = FIRST;
    }
    lastFailure = now;
    Duration wait = next;
    next = wait.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : wait.multipliedBy(2);
    return wait;
  }
}
