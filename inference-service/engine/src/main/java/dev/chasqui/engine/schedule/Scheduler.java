package dev.chasqui.engine.schedule;

import dev.chasqui.engine.kvcache.KvCache;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the sequences and plans steps: the next token of every sequence that decodes, then prefill
 * chunks within a token budget, most urgent first, then guesses of tokens to come.
 *
 * <p>A waiting sequence is admitted when a slot is free and so are the blocks for all its tokens.
 * When decoding runs out of blocks, the youngest sequence loses its own and is computed again
 * later; any sequence must fit into the cache alone.
 *
 * <p>Guesses wait for nobody and nobody waits for them: they take rows that a small batch leaves
 * idle, of the budget what prefill leaves, and free blocks only. A full batch has none. Belongs to
 * the engine's thread.
 */
public final class Scheduler {

  /**
   * What a step may hold.
   *
   * @param maxSequences answers that run at once
   * @param prefillTokens new prompt tokens in one step
   * @param decodeRows rows up to which guesses are added to the tokens that decode
   * @param stableLength most tokens of a sequence whose keys and values stay right when a token
   *     comes to it; a longer one is computed from its beginning for every token
   */
  public record Limits(int maxSequences, int prefillTokens, int decodeRows, int stableLength) {

    /**
     * Makes limits for sequences of any length, without guesses.
     *
     * @param maxSequences answers that run at once
     * @param prefillTokens new prompt tokens in one step
     */
    public Limits(int maxSequences, int prefillTokens) {
      this(maxSequences, prefillTokens, 0, Integer.MAX_VALUE);
    }
  }

  final KvCache cache;
  final Limits limits;
  final List<Sequence> running = new ArrayList<>();
  final List<Sequence> waiting = new ArrayList<>();
  final TenantShares shares = new TenantShares();

  /**
   * Makes a scheduler without sequences.
   *
   * @param cache where it reserves blocks; nobody else does
   * @param limits what a step may hold
   */
  public Scheduler(KvCache cache, Limits limits) {
    this.cache = cache;
    this.limits = limits;
  }

  /**
   * Takes a sequence in.
   *
   * @param sequence waiting; it must fit into the cache alone
   */
  public void add(Sequence sequence) {
    shares.enter(sequence.urgency().tenant());
    waiting.add(sequence);
  }

  /**
   * Lets a sequence go, at any time between steps.
   *
   * @param sequence one that was added and has not ended
   */
  public void end(Sequence sequence) {
    sequence.end(cache);
    shares.leave(sequence.urgency().tenant());
    if (!running.remove(sequence)) {
      waiting.remove(sequence);
    }
  }

  /** Returns the number of sequences that hold blocks. */
  public int running() {
    return running.size();
  }

  /** Returns what to compute next; empty when there is nothing. */
  public StepPlan plan() {
    running.forEach(sequence -> sequence.outgrow(cache, limits.stableLength()));
    waiting.forEach(sequence -> sequence.outgrow(cache, limits.stableLength()));
    Planning planning = new Planning(this);
    planning.decode();
    planning.prefill();
    planning.draft();
    return planning.plan();
  }

  /**
   * Notes that a step was computed; its guesses are settled later.
   *
   * @param plan the plan of the step
   */
  public void advance(StepPlan plan) {
    for (Chunk chunk : plan.chunks()) {
      shares.serve(chunk.sequence().urgency().tenant(), chunk.rows());
      chunk.sequence().advance(cache, chunk.count());
    }
  }

  /**
   * Notes that all logits of a step were handed out, and so which guesses were right.
   *
   * @param plan the plan of the step
   * @return how many were
   */
  public int settle(StepPlan plan) {
    int accepted = 0;
    for (int i = 0; plan.draftTokens() > 0 && i < plan.decodeTokens(); i++) {
      Chunk chunk = plan.chunks().get(i);
      accepted += chunk.drafts() == 0 ? 0 : chunk.sequence().settle(cache, chunk.drafts());
    }
    return accepted;
  }
}
