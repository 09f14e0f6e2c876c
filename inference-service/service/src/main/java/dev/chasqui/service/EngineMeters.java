package dev.chasqui.service;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.runtime.EngineListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToIntFunction;

/** Counts what one engine reports; on the engine's thread, without allocation. */
final class EngineMeters implements EngineListener {

  private final Timer queueTime;
  private final Timer timeToFirstToken;
  private final Timer interTokenLatency;
  private final Counter decoded;
  private final Counter drafted;
  private final Counter draftsAccepted;
  private final Counter prefilled;
  private final Counter prefixLookups;
  private final Counter prefixHits;
  private final Counter preemptions;
  private CacheReport last = new CacheReport(0, 0, 0, 0);

  EngineMeters(MeterRegistry registry, EngineName name) {
    queueTime = timer(registry, EngineMeter.QUEUE_TIME, name);
    timeToFirstToken = timer(registry, EngineMeter.TIME_TO_FIRST_TOKEN, name);
    interTokenLatency = timer(registry, EngineMeter.INTER_TOKEN_LATENCY, name);
    decoded = counter(registry, EngineMeter.DECODED, name);
    drafted = counter(registry, EngineMeter.DRAFTED, name);
    draftsAccepted = counter(registry, EngineMeter.DRAFTS_ACCEPTED, name);
    prefilled = counter(registry, EngineMeter.PREFILLED, name);
    prefixLookups = counter(registry, EngineMeter.PREFIX_LOOKUPS, name);
    prefixHits = counter(registry, EngineMeter.PREFIX_HITS, name);
    preemptions = counter(registry, EngineMeter.PREEMPTIONS, name);
  }

  /** Shows how busy an engine is; works for one that another program has opened, too. */
  static void watch(MeterRegistry registry, EngineName name, Engine engine) {
    gauge(registry, EngineMeter.RUNNING, name, engine, e -> e.load().running());
    gauge(registry, EngineMeter.WAITING, name, engine, e -> e.load().waiting());
    gauge(registry, EngineMeter.SLOTS, name, engine, e -> e.load().slots());
    gauge(registry, EngineMeter.KV_USED, name, engine, e -> e.load().usedKvBlocks());
    gauge(registry, EngineMeter.KV_CAPACITY, name, engine, e -> e.load().kvBlocks());
    gauge(registry, EngineMeter.LOST, name, engine, e -> e.fault().isPresent() ? 1 : 0);
  }

  @Override
  public void onStep(StepReport step) {
    if (step.decodeTokens() > 0) {
      interTokenLatency.record(step.duration());
    }
    decoded.increment(step.decodeTokens() + step.drafts().accepted());
    drafted.increment(step.drafts().tokens());
    draftsAccepted.increment(step.drafts().accepted());
    prefilled.increment(step.prefillTokens());
    preemptions.increment(step.preemptions());
    prefixLookups.increment(step.cache().lookedUpTokens() - last.lookedUpTokens());
    prefixHits.increment(step.cache().hitTokens() - last.hitTokens());
    last = step.cache();
  }

  @Override
  public void onAnswer(AnswerReport answer) {
    queueTime.record(answer.queued());
    timeToFirstToken.record(answer.firstToken());
  }

  private static Timer timer(MeterRegistry registry, EngineMeter meter, EngineName name) {
    return meter.meter().timer(registry, name.model(), name.device());
  }

  private static Counter counter(MeterRegistry registry, EngineMeter meter, EngineName name) {
    return meter.meter().counter(registry, name.model(), name.device());
  }

  private static void gauge(
      MeterRegistry registry,
      EngineMeter meter,
      EngineName name,
      Engine engine,
      ToIntFunction<Engine> value) {
    meter.meter().gauge(registry, engine, value::applyAsInt, name.model(), name.device());
  }
}
