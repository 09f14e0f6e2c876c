package dev.chasqui.guard.topology.input;

import dev.chasqui.guard.topology.state.PromptPhase;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.TtlSweep;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers every request id and how far its prompt has come.
 *
 * <pre>
 * arrived ─┬─▶ PENDING ─┬─▶ ADMITTED ─▶ (forgotten)     the output topology has the last word
 *          │            └─▶ FINAL    ─▶ (forgotten)     unsafe, undecided, cancelled, expired
 *          └─────────────▶ FINAL                        rejected, cancelled or expired on arrival
 * </pre>
 *
 * <p>An entry is forgotten when its time is over, unless it is pending. Belongs to the stream
 * thread.
 */
final class SeenPrompts {

  private final MeasuredStore<String, SeenPrompt> store;
  private final TtlSweep sweep;
  private final Duration retention;

  SeenPrompts(MeasuredStore<String, SeenPrompt> store, TtlSweep sweep, Duration retention) {
    this.store = store;
    this.sweep = sweep;
    this.retention = retention;
  }

  Optional<SeenPrompt> find(String requestId) {
    return store.get(requestId);
  }

  /** Remembers a new id. */
  void arrived(String requestId, ByteBuffer contentHash, PromptPhase phase, Instant now) {
    store.put(requestId, new SeenPrompt(contentHash, phase, "", now));
    sweep.remember(requestId, now.plus(retention));
  }

  void admitted(String requestId, String pool) {
    move(requestId, PromptPhase.ADMITTED, pool);
  }

  void ended(String requestId) {
    move(requestId, PromptPhase.FINAL, "");
  }

  /** Forgets some of what is old; called again and again. */
  void sweep(Instant now, int most) {
    for (String requestId : sweep.expired(now, most)) {
      store.get(requestId).ifPresent(seen -> forget(requestId, seen, now));
    }
  }

  private void forget(String requestId, SeenPrompt seen, Instant now) {
    if (seen.getPhase() == PromptPhase.PENDING) {
      sweep.remember(requestId, now.plus(retention));
    } else if (!now.isBefore(seen.getArrival().plus(retention))) {
      store.delete(requestId);
    }
  }

  private void move(String requestId, PromptPhase phase, String pool) {
    SeenPrompt seen = store.get(requestId).orElseThrow();
    if (seen.getPhase() != PromptPhase.PENDING) {
      throw new IllegalStateException(
          "%s cannot become %s: it is %s".formatted(requestId, phase, seen.getPhase()));
    }
    SeenPrompt moved = SeenPrompt.newBuilder(seen).setPhase(phase).setPool(pool).build();
    store.put(requestId, moved);
  }
}
