package dev.chasqui.engine.schedule;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What decides who goes first.
 *
 * @param kind scores go before answers
 * @param priority higher goes first
 * @param deadline earlier goes first, none goes last
 * @param tenant of equals, the tenant goes first that was served least
 * @param arrival number in the order of arrival
 */
public record Urgency(
    Kind kind, int priority, Optional<Instant> deadline, String tenant, long arrival) {

  /** Who keeps its blocks longest. */
  static final Comparator<Urgency> ELDEST_FIRST =
      Comparator.comparing(Urgency::kind)
          .thenComparing(Comparator.comparingInt(Urgency::priority).reversed())
          .thenComparingLong(Urgency::arrival);

  /** What a sequence is computed for, most urgent first. */
  public enum Kind {
    /** A score: short, and something else waits for it. Takes no slot. */
    SCORE,
    /** An answer: keeps its slot until it has ended. */
    ANSWER
  }
}
