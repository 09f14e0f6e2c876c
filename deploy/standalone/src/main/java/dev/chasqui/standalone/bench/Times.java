package dev.chasqui.standalone.bench;

import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Measured times.
 *
 * @param sortedNanos in nanoseconds, shortest first
 */
record Times(List<Long> sortedNanos) {

  private static final double NANOS_PER_MILLISECOND = 1e6;

  Times {
    sortedNanos = List.copyOf(sortedNanos);
  }

  static <T> Times of(Collection<T> measured, ToLongFunction<T> nanos) {
    return new Times(measured.stream().map(nanos::applyAsLong).sorted().toList());
  }

  /** Returns a quantile by nearest rank, in milliseconds. */
  double quantile(double share) {
    int rank = (int) Math.ceil(share * sortedNanos.size());
    return sortedNanos.get(Math.max(0, rank - 1)) / NANOS_PER_MILLISECOND;
  }
}
