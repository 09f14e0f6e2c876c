package dev.chasqui.guard.app;

import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.guard.verdict.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Counts what the topologies report. Safe from any thread. */
final class Meters implements GuardObserver {

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how busy the guard is. */
  void watch(GuardLifecycle lifecycle) {
    gauge(GuardMeter.QUEUED, lifecycle, GuardService::queuedJudgings);
    gauge(GuardMeter.RUNNING, lifecycle, GuardService::runningJudgings);
  }

  @Override
  public void judged(Judged judged, Verdicts.Finding finding) {
    Tags tags =
        Tags.of(
            "subject",
            judged.name().toLowerCase(Locale.ROOT),
            "outcome",
            outcome(finding.verdict()),
            "admitted",
            Boolean.toString(finding.admitted()));
    registry.timer(GuardMeter.VERDICTS.meterName(), tags).record(finding.latency());
  }

  @Override
  public void admitted(String requestId, String pool) {
    count(GuardMeter.ADMITTED, Tags.of("pool", pool));
  }

  @Override
  public void ended(String requestId, Final end) {
    count(GuardMeter.ENDED, Tags.of("outcome", outcome(end)));
  }

  @Override
  public void repeated(String requestId) {
    count(GuardMeter.REPEATED, Tags.empty());
  }

  @Override
  public void putAside(String code) {
    count(GuardMeter.PUT_ASIDE, Tags.of("code", code));
  }

  private void count(GuardMeter meter, Tags tags) {
    registry.counter(meter.meterName(), tags).increment();
  }

  private void gauge(
      GuardMeter meter, GuardLifecycle lifecycle, ToIntFunction<GuardService> value) {
    Gauge.builder(
            meter.meterName(),
            lifecycle,
            running -> running.service().map(value::applyAsInt).orElse(0))
        .baseUnit(meter.unit())
        .register(registry);
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Safe _ -> "safe";
      case Verdict.Unsafe _ -> "unsafe";
      case Verdict.Undecided _ -> "undecided";
    };
  }

  static String outcome(Final end) {
    return switch (end) {
      case Final.Finished _ -> "finished";
      case Final.Rejected rejected -> rejected.code();
      case Final.Cancelled _ -> "cancelled";
      case Final.Expired _ -> "expired";
      case Final.Failed failed -> failed.code();
    };
  }
}
