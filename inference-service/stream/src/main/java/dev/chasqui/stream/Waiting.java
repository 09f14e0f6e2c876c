package dev.chasqui.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * What decides when a waiting request has its turn.
 *
 * @param tenant on whose behalf
 * @param priority higher goes first; 0 is normal
 * @param deadline when the request is of no more use
 * @param arrival when it was made
 * @param tokens how much work it is, roughly
 */
public record Waiting(
    String tenant, int priority, Optional<Instant> deadline, Instant arrival, int tokens) {

  /** Checks the size. */
  public Waiting {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens is " + tokens + ": it must not be negative");
    }
  }
}
