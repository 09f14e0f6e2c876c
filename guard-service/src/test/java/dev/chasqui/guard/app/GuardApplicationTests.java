package dev.chasqui.guard.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.topology.GuardObserver;
import dev.chasqui.guard.topology.ScriptedEngine;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.guard.topology.wire.Verdicts;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import dev.chasqui.service.RunningService;
import dev.chasqui.service.ServiceLifecycle;
import dev.chasqui.service.StreamsHealth;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardApplicationTests {

  @TempDir Path directory;

  @Test
  void startsOnAHandedInModelAndLeavesItOpen() {
    ScriptedEngine engine = new ScriptedEngine();
    // Nothing listens at port 1: the topologies go on trying, as they do while a broker is away.
    try (var context =
        GuardApplication.start(
            engine,
            "--server.port=0",
            "--logging.level.org.apache.kafka=OFF",
            "--chasqui.bootstrap-servers=127.0.0.1:1",
            "--chasqui.registry-url=http://127.0.0.1:1",
            "--chasqui.pools.small=smol",
            "--chasqui.guard.warm-up=0s",
            "--chasqui.state-directory=" + directory)) {
      ServiceLifecycle<?> lifecycle = context.getBean(ServiceLifecycle.class);
      RunningService service = lifecycle.service().orElseThrow();

      assertThat(service.states().keySet()).isEqualTo(Set.of("input", "output"));
      assertThat(context.getBean(StreamsHealth.class).health().getDetails())
          .containsKeys("input", "output");
      assertThat(context.getBean(GuardSettings.class).rules().policies().ids())
          .isEqualTo(Policies.builtIn().ids());
      assertMeters(context.getBean(Meters.class), context.getBean(MeterRegistry.class));
    }
    assertThat(engine.broken).isFalse();
  }

  @Test
  void refusesToStartWithoutSettings() {
    assertThatThrownBy(() -> GuardApplication.start(new ScriptedEngine(), "--server.port=0"))
        .hasStackTraceContaining("chasqui.bootstrap-servers is not set");
  }

  private static void assertMeters(Meters meters, MeterRegistry registry) {
    Verdict verdict = Verdict.undecided(Cause.TIMED_OUT, "too late");
    meters.judged(
        GuardObserver.Judged.PROMPT, new Verdicts.Finding(verdict, false, Duration.ofMillis(7)));
    meters.ended("a", new Final.Failed("model-changed", ""));

    assertThat(
            registry
                .get(GuardMeter.VERDICTS.meter().name())
                .tags("outcome", "undecided", "admitted", "false")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get(GuardMeter.ENDED.meter().name())
                .tag("outcome", "model-changed")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get(GuardMeter.QUEUED.meter().name()).gauge().value()).isZero();
  }
}
