package dev.chasqui.guard.topology.output;

import dev.chasqui.guard.topology.state.TakenDecisions;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.TtlSweep;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers for a day which decisions on answers were acted on, longer than the answers themselves,
 * so that a repeat is told from a second opinion. Belongs to the stream thread.
 */
final class TakenReviews {

  private static final Duration RETENTION = Duration.ofHours(24);
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
  private static final int SWEPT_AT_ONCE = 100;

  /** Each is 32 bytes in an entry that is rewritten with every decision. */
  private static final int MOST_DECISIONS = 64;

  private final MeasuredStore<String, TakenDecisions> store;
  private final TtlSweep sweep;
  private Instant nextSweep = Instant.MIN;

  TakenReviews(MeasuredStore<String, TakenDecisions> store, TtlSweep sweep) {
    this.store = store;
    this.sweep = sweep;
  }

  boolean holds(String requestId) {
    return store.contains(requestId);
  }

  boolean contains(String requestId, ByteBuffer decision) {
    return decisions(requestId).contains(decision);
  }

  void add(String requestId, ByteBuffer decision, Instant now) {
    if (!store.contains(requestId)) {
      sweep.remember(requestId, now.plus(RETENTION));
    }
    List<ByteBuffer> decisions = new ArrayList<>(decisions(requestId));
    decisions.add(decision);
    int old = Math.max(0, decisions.size() - MOST_DECISIONS);
    store.put(requestId, new TakenDecisions(decisions.subList(old, decisions.size())));
  }

  /** Forgets some of what is old; called again and again. */
  void onTurn(Instant now) {
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(SWEEP_INTERVAL);
      sweep.expired(now, SWEPT_AT_ONCE).forEach(store::delete);
    }
  }

  private List<ByteBuffer> decisions(String requestId) {
    return store.get(requestId).map(TakenDecisions::getDecisions).orElse(List.of());
  }
}
