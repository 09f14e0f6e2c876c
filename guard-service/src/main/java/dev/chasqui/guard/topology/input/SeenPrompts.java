package dev.chasqui.guard.topology.input;

import dev.chasqui.guard.topology.state.OpenReview;
import dev.chasqui.guard.topology.state.PromptPhase;
import dev.chasqui.guard.topology.state.SeenPrompt;
import dev.chasqui.stream.MeasuredStore;
import dev.chasqui.stream.TtlSweep;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Remembers every request id and how far its prompt has come.
 *
 * <pre>
 * arrived ─┬─▶ PENDING ─┬─▶ ADMITTED ─▶ (forgotten)     the output topology has the last word
 *          │      ▲     ├─▶ FINAL    ─▶ (forgotten)     unsafe, undecided, cancelled, expired
 *          │      │     └─▶ PARKED                      a person is to decide
 *          │      └─edit──────┤
 *          │                  ├─▶ ADMITTED              approved
 *          │                  └─▶ FINAL                 rejected, cancelled, expired
 *          └─────────────▶ FINAL                        rejected, cancelled or expired on arrival
 * </pre>
 *
 * <p>An entry is forgotten when its time is over, unless it is pending or parked. Belongs to the
 * stream thread.
 */
final class SeenPrompts {

  private static final Set<PromptPhase> OPEN = Set.of(PromptPhase.PENDING, PromptPhase.PARKED);

  /** Each is 32 bytes in an entry that is rewritten with every change. */
  private static final int MOST_DECISIONS = 16;

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
    store.put(
        requestId,
        SeenPrompt.newBuilder()
            .setContentHash(contentHash)
            .setPhase(phase)
            .setArrival(now)
            .build());
    sweep.remember(requestId, now.plus(retention));
  }

  void admitted(String requestId, String pool) {
    move(requestId, OPEN, seen -> closed(seen, PromptPhase.ADMITTED).setPool(pool));
  }

  void ended(String requestId) {
    move(requestId, OPEN, seen -> closed(seen, PromptPhase.FINAL));
  }

  /** Lets a prompt wait for a person. */
  void parked(String requestId, OpenReview review, int number) {
    move(
        requestId,
        Set.of(PromptPhase.PENDING),
        seen -> seen.setPhase(PromptPhase.PARKED).setReview(review).setReviews(number));
  }

  /** Lets a prompt wait for the guard again. */
  void unparked(String requestId) {
    move(requestId, Set.of(PromptPhase.PARKED), seen -> closed(seen, PromptPhase.PENDING));
  }

  /** Remembers a decision that was acted on, so that a repeat of it is known. */
  void decided(String requestId, ByteBuffer decision) {
    move(
        requestId,
        Set.of(PromptPhase.PARKED),
        seen -> {
          List<ByteBuffer> decisions = new ArrayList<>(seen.getDecisions());
          decisions.add(decision);
          int old = Math.max(0, decisions.size() - MOST_DECISIONS);
          return seen.setDecisions(decisions.subList(old, decisions.size()));
        });
  }

  /** Forgets some of what is old; called again and again. */
  void sweep(Instant now, int most) {
    for (String requestId : sweep.expired(now, most)) {
      store.get(requestId).ifPresent(seen -> forget(requestId, seen, now));
    }
  }

  private void forget(String requestId, SeenPrompt seen, Instant now) {
    if (OPEN.contains(seen.getPhase())) {
      sweep.remember(requestId, now.plus(retention));
    } else if (!now.isBefore(seen.getArrival().plus(retention))) {
      store.delete(requestId);
    }
  }

  private static SeenPrompt.Builder closed(SeenPrompt.Builder seen, PromptPhase phase) {
    return seen.setPhase(phase).setReview(null);
  }

  private void move(
      String requestId, Set<PromptPhase> from, UnaryOperator<SeenPrompt.Builder> change) {
    SeenPrompt seen = store.get(requestId).orElseThrow();
    if (!from.contains(seen.getPhase())) {
      throw new IllegalStateException(
          "%s is %s: this may become only of %s".formatted(requestId, seen.getPhase(), from));
    }
    store.put(requestId, change.apply(SeenPrompt.newBuilder(seen)).build());
  }
}
