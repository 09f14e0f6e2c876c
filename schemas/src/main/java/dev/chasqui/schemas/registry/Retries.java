package dev.chasqui.schemas.registry;

import java.time.Duration;

/**
 * How often and how patiently a registry is asked again.
 *
 * @param count rounds after the first one, at least 0
 * @param firstWait the pause before the first repetition; it doubles each time
 * @param longestWait the longest pause
 */
public record Retries(int count, Duration firstWait, Duration longestWait) {

  /** Validates the settings. */
  public Retries {
    if (count < 0) {
      throw new IllegalArgumentException("max.retries is " + count + "; it must be 0 or more");
    }
    if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "retries.wait.ms is "
              + firstWait.toMillis()
              + " and retries.max.wait.ms "
              + longestWait.toMillis()
              + "; the first must be 0 or more and the second no less than the first");
    }
  }

  /** The pause ahead of repetition {@code n}, counted from 0. */
  Duration waitBefore(int n) {
    Duration doubled = firstWait.multipliedBy(1L << Math.min(n, 20));
    return doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
  }
}
