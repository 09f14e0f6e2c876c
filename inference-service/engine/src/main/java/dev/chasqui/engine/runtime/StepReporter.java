package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.kvcache.KvCacheUse;
import dev.chasqui.engine.runtime.EngineListener.CacheReport;
import dev.chasqui.engine.runtime.EngineListener.DraftReport;
import dev.chasqui.engine.runtime.EngineListener.StepReport;
import dev.chasqui.engine.schedule.Scheduler;
import dev.chasqui.engine.schedule.StepPlan;
import java.time.Duration;

/**
 * Tells others how the loop gets on: the listener after each step, anyone who asks for the load.
 */
final class StepReporter {

  private final KvCache cache;
  private final Scheduler scheduler;
  private final int slots;
  private final EngineListener listener;
  private volatile EngineLoad load;

  StepReporter(KvCache cache, Scheduler scheduler, int slots, EngineListener listener) {
    this.cache = cache;
    this.scheduler = scheduler;
    this.slots = slots;
    this.listener = listener;
    this.load = new EngineLoad(0, 0, slots, 0, cache.use().blocks());
  }

  /** Notes that the loop did something; on its thread. */
  void onTurn() {
    KvCacheUse use = cache.use();
    load = new EngineLoad(scheduler.running(), 0, slots, use.usedBlocks(), use.blocks());
  }

  /** Reports a step; on the loop's thread. */
  void onStep(StepPlan plan, int acceptedDrafts, long startNanos) {
    KvCacheUse use = cache.use();
    listener.onStep(
        new StepReport(
            Duration.ofNanos(System.nanoTime() - startNanos),
            plan.decodeTokens(),
            plan.prefillTokens(),
            plan.preemptions(),
            new DraftReport(plan.draftTokens(), acceptedDrafts),
            new CacheReport(
                use.usedBlocks(), use.blocks(), use.lookedUpTokens(), use.hitTokens())));
  }

  /** Returns the load, given the calls that are open; from any thread. */
  EngineLoad load(int openCalls) {
    EngineLoad last = load;
    int running = Math.min(last.running(), openCalls);
    return new EngineLoad(
        running, openCalls - running, last.slots(), last.usedKvBlocks(), last.kvBlocks());
  }
}
