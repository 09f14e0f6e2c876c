package dev.chasqui.inference.app;

import dev.chasqui.inference.topology.AnswerObserver;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** Counts what the topology reports, and shows what the pool holds. Safe from any thread. */
final class Meters implements AnswerObserver {

  private final MeterRegistry registry;
  private final String pool;

  Meters(MeterRegistry registry, WorkerPool pool) {
    this.registry = registry;
    this.pool = pool.name();
    for (ServedModel model : pool.models()) {
      gauge(InferenceMeter.QUEUED_REQUESTS, model, m -> m.turnstile().queuedRequests());
      gauge(InferenceMeter.QUEUED_TOKENS, model, m -> m.turnstile().queuedTokens());
      gauge(InferenceMeter.RUNNING, model, m -> m.turnstile().inside());
    }
  }

  @Override
  public void tokens(String model, int count) {
    registry.counter(InferenceMeter.TOKENS.meterName(), tags(model)).increment(count);
  }

  @Override
  public void firstToken(String model, Duration sinceArrival) {
    registry
        .timer(InferenceMeter.TIME_TO_FIRST_TOKEN.meterName(), tags(model))
        .record(sinceArrival);
  }

  @Override
  public void ended(String model, String outcome, Duration total) {
    registry
        .timer(InferenceMeter.ANSWER.meterName(), tags(model).and("outcome", outcome))
        .record(total);
  }

  private void gauge(InferenceMeter meter, ServedModel model, ToDoubleFunction<ServedModel> value) {
    Gauge.builder(meter.meterName(), model, value)
        .tags(tags(model.name()))
        .baseUnit(meter.unit())
        .register(registry);
  }

  private Tags tags(String model) {
    return Tags.of("pool", pool, "model", model);
  }
}
