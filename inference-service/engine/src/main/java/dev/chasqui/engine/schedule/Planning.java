package dev.chasqui.engine.schedule;

import dev.chasqui.engine.kvcache.KvCache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One step plan in the making; moves sequences between running and waiting as it goes. */
final class Planning {

  private static final Comparator<Sequence> ELDEST_FIRST =
      Comparator.comparing(Sequence::urgency, Urgency.ELDEST_FIRST);

  private final Scheduler scheduler;
  private final KvCache cache;
  private final List<Chunk> chunks = new ArrayList<>();
  private int decodeTokens;
  private int prefillTokens;
  private int draftTokens;
  private int preemptions;

  Planning(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.cache = scheduler.cache;
  }

  StepPlan plan() {
    return new StepPlan(chunks, decodeTokens, prefillTokens, draftTokens, preemptions);
  }

  /** Eldest first, so that who loses its blocks has no chunk in this plan yet. */
  void decode() {
    List<Sequence> decoding = new ArrayList<>(scheduler.running);
    decoding.removeIf(sequence -> sequence.remaining() != 1);
    decoding.sort(ELDEST_FIRST);
    for (Sequence sequence : decoding) {
      if (sequence.state() == Sequence.State.RUNNING && hasRoomToDecode(sequence)) {
        chunks.add(new Chunk(sequence, sequence.computed(), 1));
        decodeTokens++;
      }
    }
  }

  /** Who cannot be admitted holds up those behind it: else large prompts would never come in. */
  void prefill() {
    boolean admitting = preemptions == 0;
    for (Sequence sequence : prefillCandidates()) {
      if (prefillTokens == scheduler.limits.prefillTokens()) {
        return;
      }
      if (sequence.state() == Sequence.State.WAITING) {
        admitting = admitting && admit(sequence);
      }
      if (sequence.state() == Sequence.State.RUNNING) {
        addPrefillChunk(sequence);
      }
    }
  }

  /** The chunks of those that decode come first; each gets its share of the rows that are left. */
  void draft() {
    Scheduler.Limits limits = scheduler.limits;
    int rows = Math.min(limits.decodeRows() - decodeTokens, limits.prefillTokens() - prefillTokens);
    for (int i = 0; i < decodeTokens && rows > draftTokens; i++) {
      Chunk chunk = chunks.get(i);
      int share = (rows - draftTokens) / (decodeTokens - i);
      int stable = limits.stableLength() - chunk.sequence().length();
      int drafts = chunk.sequence().draft(cache, Math.min(share, stable));
      chunks.set(i, drafts == 0 ? chunk : chunk.withDrafts(drafts));
      draftTokens += drafts;
    }
  }

  private List<Sequence> prefillCandidates() {
    List<Sequence> candidates = new ArrayList<>(scheduler.running);
    candidates.removeIf(sequence -> sequence.remaining() <= 1);
    boolean free = hasFreeSlot();
    for (Sequence sequence : scheduler.waiting) {
      if (free || sequence.urgency().kind() == Urgency.Kind.SCORE) {
        candidates.add(sequence);
      }
    }
    candidates.sort(
        Comparator.comparing((Sequence sequence) -> sequence.urgency().kind())
            .thenComparing(sequence -> -(long) sequence.urgency().priority())
            .thenComparing(Sequence::state, Comparator.reverseOrder())
            .thenComparing(sequence -> sequence.urgency().deadline().orElse(Instant.MAX))
            .thenComparing(sequence -> scheduler.shares.servedTokens(sequence.urgency().tenant()))
            .thenComparing(sequence -> sequence.urgency().arrival()));
    return candidates;
  }

  private boolean hasRoomToDecode(Sequence sequence) {
    while (!sequence.reserve(cache, sequence.length())) {
      Sequence youngest = youngest();
      preempt(youngest);
      if (youngest == sequence) {
        return false;
      }
    }
    return true;
  }

  private boolean admit(Sequence sequence) {
    if (sequence.urgency().kind() == Urgency.Kind.ANSWER && !hasFreeSlot()) {
      return false;
    }
    int promised = promisedBlocks();
    sequence.start(cache);
    sequence.share(cache);
    if (!scheduler.running.isEmpty()
        && promised + sequence.missingBlocks(cache) > cache.freeBlocks()) {
      sequence.turnBack(cache);
      return false;
    }
    cache.countLookup(sequence.logitsFrom(), sequence.computed());
    scheduler.waiting.remove(sequence);
    scheduler.running.add(sequence);
    return true;
  }

  private boolean hasFreeSlot() {
    int answers = 0;
    for (Sequence sequence : scheduler.running) {
      answers += sequence.urgency().kind() == Urgency.Kind.ANSWER ? 1 : 0;
    }
    return answers < scheduler.limits.maxSequences();
  }

  /** What those that run will still need: the rest of their prompt, and a block to decode into. */
  private int promisedBlocks() {
    int blocks = 0;
    for (Sequence sequence : scheduler.running) {
      blocks += Math.max(1, sequence.missingBlocks(cache));
    }
    return blocks;
  }

  private void addPrefillChunk(Sequence sequence) {
    cache.countLookup(0, sequence.share(cache));
    if (isComputedByAnother(sequence)) {
      return;
    }
    int budget = scheduler.limits.prefillTokens() - prefillTokens;
    int count = Math.min(sequence.remaining(), budget);
    while (!sequence.reserve(cache, sequence.computed() + count)) {
      Sequence youngest = youngest();
      if (!chunks.isEmpty() || youngest == sequence) {
        return;
      }
      preempt(youngest);
    }
    chunks.add(new Chunk(sequence, sequence.computed(), count));
    prefillTokens += count;
  }

  /** Whoever would compute the same block as another one in this step takes it over afterwards. */
  private boolean isComputedByAnother(Sequence sequence) {
    int start = sequence.computed();
    int end = start + cache.blockSizeTokens();
    if (start % cache.blockSizeTokens() == 0) {
      for (Chunk chunk : chunks) {
        if (chunk.end() > start && sequence.couldShare(chunk.sequence(), end)) {
          return true;
        }
      }
    }
    return false;
  }

  private Sequence youngest() {
    return scheduler.running.stream().max(ELDEST_FIRST).orElseThrow();
  }

  private void preempt(Sequence sequence) {
    sequence.preempt(cache);
    scheduler.running.remove(sequence);
    scheduler.waiting.add(sequence);
    preemptions++;
  }
}
