package dev.chasqui.service;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.runtime.EngineListener.AnswerReport;
import dev.chasqui.engine.runtime.EngineListener.CacheReport;
import dev.chasqui.engine.runtime.EngineListener.DraftReport;
import dev.chasqui.engine.runtime.EngineListener.StepReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineMetersTests {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final EngineMeters meters = new EngineMeters(registry, new EngineName("tiny", "cpu"));

  @Test
  void countsWhatStepsDo() {
    meters.onStep(step(20, 0, 64, 0, new CacheReport(4, 10, 64, 0)));
    meters.onStep(step(30, 3, 16, 1, new CacheReport(6, 10, 96, 32)));

    assertThat(counted(EngineMeter.PREFILLED)).isEqualTo(80);
    assertThat(counted(EngineMeter.DECODED)).isEqualTo(3);
    assertThat(counted(EngineMeter.PREEMPTIONS)).isEqualTo(1);
    assertThat(counted(EngineMeter.PREFIX_LOOKUPS)).isEqualTo(96);
    assertThat(counted(EngineMeter.PREFIX_HITS)).isEqualTo(32);
  }

  @Test
  void countsGuessesAndTheTokensThatRightOnesGave() {
    CacheReport cache = new CacheReport(4, 10, 0, 0);
    meters.onStep(new StepReport(Duration.ofMillis(9), 2, 0, 0, new DraftReport(8, 5), cache));
    meters.onStep(new StepReport(Duration.ofMillis(9), 2, 0, 0, new DraftReport(4, 0), cache));

    assertThat(counted(EngineMeter.DRAFTED)).isEqualTo(12);
    assertThat(counted(EngineMeter.DRAFTS_ACCEPTED)).isEqualTo(5);
    assertThat(counted(EngineMeter.DECODED)).isEqualTo(9);
  }

  @Test
  void timesStepsThatDecodeOnly() {
    meters.onStep(step(20, 0, 64, 0, new CacheReport(4, 10, 64, 0)));
    meters.onStep(step(30, 1, 0, 0, new CacheReport(4, 10, 64, 0)));

    var latency = find(EngineMeter.INTER_TOKEN_LATENCY).timer();
    assertThat(latency.count()).isEqualTo(1);
    assertThat(latency.totalTime(MILLISECONDS)).isEqualTo(30);
  }

  @Test
  void timesAnswers() {
    meters.onAnswer(
        new AnswerReport(
            Duration.ofMillis(5), Duration.ofMillis(70), Duration.ofMillis(900), 9, 30));

    assertThat(find(EngineMeter.QUEUE_TIME).timer().totalTime(MILLISECONDS)).isEqualTo(5);
    assertThat(find(EngineMeter.TIME_TO_FIRST_TOKEN).timer().totalTime(MILLISECONDS)).isEqualTo(70);
  }

  private static StepReport step(
      int millis, int decoded, int prefilled, int preemptions, CacheReport cache) {
    return new StepReport(
        Duration.ofMillis(millis), decoded, prefilled, preemptions, DraftReport.NONE, cache);
  }

  private double counted(EngineMeter meter) {
    return find(meter).counter().count();
  }

  private RequiredSearch find(EngineMeter meter) {
    return registry.get(meter.meter().name()).tags("model", "tiny", "device", "cpu");
  }
}
