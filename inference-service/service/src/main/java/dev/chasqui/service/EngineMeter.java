package dev.chasqui.service;

/** Every meter of an engine. All bear model and device. */
enum EngineMeter {
  /** Timer: an answer, from its call to its first step. */
  QUEUE_TIME("chasqui.engine.queue.time", "seconds"),
  /** Timer: an answer, from its call to its first token. */
  TIME_TO_FIRST_TOKEN("chasqui.engine.time.to.first.token", "seconds"),
  /**
   * Timer: a step that gave answers their next token; they wait that long between two, but for
   * tokens that were guessed right and come together.
   */
  INTER_TOKEN_LATENCY("chasqui.engine.inter.token.latency", "seconds"),
  /** Counter: tokens of answers that were computed. */
  DECODED("chasqui.engine.decoded", "tokens"),
  /** Counter: tokens of answers that were guessed ahead and verified. */
  DRAFTED("chasqui.engine.drafted", "tokens"),
  /** Counter: those of them that were right, and so cost no step of their own. */
  DRAFTS_ACCEPTED("chasqui.engine.drafts.accepted", "tokens"),
  /** Counter: tokens of prompts that were computed. */
  PREFILLED("chasqui.engine.prefilled", "tokens"),
  /** Counter: tokens of prompts that were looked up in the prefix cache. */
  PREFIX_LOOKUPS("chasqui.engine.prefix.lookups", "tokens"),
  /** Counter: those of them that were found, and so not computed. */
  PREFIX_HITS("chasqui.engine.prefix.hits", "tokens"),
  /** Counter: sequences that lost their KV blocks and were computed again. */
  PREEMPTIONS("chasqui.engine.preemptions", "sequences"),
  /** Gauge: sequences that take part in the steps; occupancy is running by slots. */
  RUNNING("chasqui.engine.running", "sequences"),
  /** Gauge: requests that were handed over and wait for room. */
  WAITING("chasqui.engine.waiting", "requests"),
  /** Gauge: the most sequences that can run at once. */
  SLOTS("chasqui.engine.slots", "sequences"),
  /** Gauge: KV blocks that running sequences hold. */
  KV_USED("chasqui.engine.kv.used", "blocks"),
  /** Gauge: KV blocks in all. */
  KV_CAPACITY("chasqui.engine.kv.capacity", "blocks"),
  /** Gauge: 1 for an engine that computes nothing any more, because its device was lost. */
  LOST("chasqui.engine.lost", "engines");

  private final MeterName meter;

  EngineMeter(String name, String unit) {
    meter = MeterName.of(name, unit, "model", "device");
  }

  MeterName meter() {
    return meter;
  }
}
