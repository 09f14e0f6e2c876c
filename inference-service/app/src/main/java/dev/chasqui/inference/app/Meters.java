package dev.chasqui.inference.app;

import dev.chasqui.inference.topology.AnswerObserver;
import dev.chasqui.inference.worker.ServedModel;
import dev.chasqui.inference.worker.WorkerPool;
import io.micrometer.core.instrument.MeterRegistry;
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
    InferenceMeter.TOKENS.meter().counter(registry, pool, model).increment(count);
  }

  @Override
  public void firstToken(String model, Duration sinceArrival) {
    InferenceMeter.TIME_TO_FIRST_TOKEN.meter().timer(registry, pool, model).record(sinceArrival);
  }

  @Override
  public void ended(String model, String outcome, Duration total) {
    InferenceMeter.ANSWER.meter().timer(registry, pool, model, outcome).record(total);
  }

  private void gauge(InferenceMeter meter, ServedModel model, ToDoubleFunction<ServedModel> value) {
    meter.meter().gauge(registry, model, value, pool, model.name());
  }
}
