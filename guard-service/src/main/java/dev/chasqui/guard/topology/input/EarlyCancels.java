package dev.chasqui.guard.topology.input;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.TtlSweep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps cancellations that came ahead of their prompt, for a while. Stream thread only. */
final class EarlyCancels {

  private final MeasuredStore<String, CancellationRequested> store;
  private final TtlSweep sweep;
  private final Duration retention;

  EarlyCancels(
      MeasuredStore<String, CancellationRequested> store, TtlSweep sweep, Duration retention) {
    this.store = store;
    this.sweep = sweep;
    this.retention = retention;
  }

  void keep(CancellationRequested cancellation, Instant now) {
    store.put(cancellation.getRequestId(), cancellation);
    sweep.remember(cancellation.getRequestId(), now.plus(retention));
  }

  Optional<CancellationRequested> take(String requestId) {
    Optional<CancellationRequested> kept = store.get(requestId);
    kept.ifPresent(_ -> store.delete(requestId));
    return kept;
  }

  void sweep(Instant now, int most) {
    sweep.expired(now, most).forEach(store::delete);
  }
}
