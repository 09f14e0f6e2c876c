package dev.chasqui.guard.topology.input;

import java.time.Duration;

/**
 * How long the input topology remembers, by wall clock.
 *
 * @param seen request ids, from arrival: within it a repeat makes no second answer
 * @param earlyCancels cancellations whose prompt has not come
 */
public record Retention(Duration seen, Duration earlyCancels) {

  /** A day and a quarter of an hour. */
  public static final Retention DEFAULT =
      new Retention(Duration.ofHours(24), Duration.ofMinutes(15));

  /** Checks the times. */
  public Retention {
    requirePositive("seen", seen);
    requirePositive("early-cancels", earlyCancels);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "chasqui.retention.%s is %s: it must be more than zero".formatted(name, duration));
    }
  }
}
