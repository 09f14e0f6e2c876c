package dev.chasqui.cli.guard;

import dev.chasqui.cli.CommandException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * A span of time.
 *
 * @param from its begin
 * @param to its end, not part of it
 */
record TimeSpan(Instant from, Instant to) {

  /** Checks the order. */
  TimeSpan {
    if (!from.isBefore(to)) {
      throw new CommandException(
          "--from is %s and --to %s: a span begins before it ends.".formatted(from, to));
    }
  }

  /** Reads both ends: a time with its zone, or a day, which begins at midnight UTC. */
  static TimeSpan of(String from, String to) {
    return new TimeSpan(time("--from", from), time("--to", to));
  }

  boolean contains(long epochMillis) {
    Instant time = Instant.ofEpochMilli(epochMillis);
    return !time.isBefore(from) && time.isBefore(to);
  }

  /** Whether the span begins after a time. */
  boolean isAfter(Instant time) {
    return time.isBefore(from);
  }

  private static Instant time(String option, String text) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new CommandException(
          "%s is \"%s\": write a day (2026-11-24) or a time with its zone (2026-11-24T09:30:00Z)."
              .formatted(option, text),
          e);
    }
  }
}
