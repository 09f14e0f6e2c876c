package dev.chasqui.guard.app;

import dev.chasqui.service.MeterName;

/** Every meter of the service but those of its engine. */
enum GuardMeter {
  /** Timer: from hand-over to the guard to its verdict. */
  VERDICTS(MeterName.of("chasqui.guard.verdicts", "seconds", "subject", "outcome", "admitted")),
  /** Counter: choices of answers of which shown tokens were taken back, by the end that did it. */
  RETRACTED(MeterName.of("chasqui.guard.retracted", "choices", "policy", "outcome")),
  /** Counter: verdicts under release mode audit that would have stopped or held the answer. */
  AUDITED(MeterName.of("chasqui.guard.audited", "verdicts", "policy", "outcome")),
  /** Counter: prompts that went to a pool. */
  ADMITTED(MeterName.of("chasqui.guard.admitted", "requests", "pool")),
  /** Counter: last words on requests. */
  ENDED(MeterName.of("chasqui.guard.ended", "requests", "outcome")),
  /** Counter: prompts that came again. */
  REPEATED(MeterName.of("chasqui.guard.repeated", "requests")),
  /** Counter: records that went to the dead letters. */
  PUT_ASIDE(MeterName.of("chasqui.guard.put.aside", "records", "code")),
  /** Counter: reviews that were asked for, and how they ended. */
  REVIEWS(MeterName.of("chasqui.guard.reviews", "reviews", "step")),
  /** Counter: events of policies that are not used. */
  POLICIES_REFUSED(MeterName.of("chasqui.guard.policies.refused", "events", "code")),
  /** Gauge: judgings that wait for the guard. */
  QUEUED(MeterName.of("chasqui.guard.judgings.queued", "judgings")),
  /** Gauge: judgings that the guard works on. */
  RUNNING(MeterName.of("chasqui.guard.judgings.running", "judgings"));

  private final MeterName meter;

  GuardMeter(MeterName meter) {
    this.meter = meter;
  }

  MeterName meter() {
    return meter;
  }
}
