package dev.chasqui.guard.app;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.guard.verdict.Verdict;
import dev.chasqui.service.ServiceLifecycle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Counts what the topologies report. Safe from any thread. */
final class Meters implements GuardObserver {

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows how busy the guard is. */
  void watch(ServiceLifecycle<GuardService> lifecycle) {
    gauge(GuardMeter.QUEUED, lifecycle, GuardService::queuedJudgings);
    gauge(GuardMeter.RUNNING, lifecycle, GuardService::runningJudgings);
  }

  @Override
  public void judged(Judged judged, Verdicts.Finding finding) {
    String subject = judged.name().toLowerCase(Locale.ROOT);
    String admitted = Boolean.toString(finding.admitted());
    GuardMeter.VERDICTS
        .meter()
        .timer(registry, subject, outcome(finding.verdict()), admitted)
        .record(finding.latency());
  }

  @Override
  public void retracted(PolicyReference policy, Final end) {
    count(GuardMeter.RETRACTED, name(policy), outcome(end));
  }

  @Override
  public void audited(PolicyReference policy, String outcome) {
    count(GuardMeter.AUDITED, name(policy), outcome);
  }

  @Override
  public void admitted(String requestId, String pool) {
    count(GuardMeter.ADMITTED, pool);
  }

  @Override
  public void ended(String requestId, Final end) {
    count(GuardMeter.ENDED, outcome(end));
  }

  @Override
  public void repeated(String requestId) {
    count(GuardMeter.REPEATED);
  }

  @Override
  public void reviewRequested(String requestId) {
    count(GuardMeter.REVIEWS, "requested");
  }

  @Override
  public void reviewEnded(String requestId, ReviewDecision decision) {
    count(GuardMeter.REVIEWS, decision.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void putAside(String code) {
    count(GuardMeter.PUT_ASIDE, code);
  }

  @Override
  public void policyRefused(String code) {
    count(GuardMeter.POLICIES_REFUSED, code);
  }

  private void count(GuardMeter meter, String... tags) {
    meter.meter().counter(registry, tags).increment();
  }

  private void gauge(
      GuardMeter meter,
      ServiceLifecycle<GuardService> lifecycle,
      ToIntFunction<GuardService> value) {
    meter
        .meter()
        .gauge(registry, lifecycle, running -> running.service().map(value::applyAsInt).orElse(0));
  }

  private static String name(PolicyReference policy) {
    return policy.getPolicyId() + "@" + policy.getVersion();
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Safe _ -> "safe";
      case Verdict.Review _ -> "review";
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
