package dev.chasqui.inference.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.inference.ScriptedEngine;
import dev.chasqui.service.EngineHealth;
import dev.chasqui.service.StreamsHealth;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

class InferenceApplicationTests {

  /** Nobody listens there: Kafka Streams starts and waits. */
  private static final String NO_BROKER = "127.0.0.1:1";

  @Test
  void startsOnAnEngineOfTheSameProcess(@TempDir Path directory) {
    try (ConfigurableApplicationContext context =
        InferenceApplication.start(
            Map.of("tiny", new ScriptedEngine(4)),
            "--spring.main.web-application-type=none",
            "--chasqui.bootstrap-servers=" + NO_BROKER,
            "--chasqui.registry-url=http://127.0.0.1:1",
            "--logging.level.org.apache.kafka=ERROR",
            "--chasqui.state-directory=" + directory)) {

      assertThat(context.getBean(StreamsHealth.class).health().getStatus()).isEqualTo(Status.UP);
      assertThat(context.getBean(EngineHealth.class).health().getDetails())
          .hasEntrySatisfying(
              "tiny on shared",
              details -> assertThat(details).asString().contains("backend scripted, 0 running"));
      assertThat(
              context
                  .getBean(MeterRegistry.class)
                  .get(InferenceMeter.QUEUED_REQUESTS.meter().name())
                  .tags("pool", "default", "model", "tiny")
                  .gauge()
                  .value())
          .isZero();
    }
  }

  @Test
  void doesNotStartWithFaults() {
    assertThatThrownBy(() ->
            InferenceApplication.start(
                Map.of("tiny", new ScriptedEngine(4)), "--spring.main.web-application-type=none"))
        .rootCause()
        .hasMessageContaining("chasqui.bootstrap-servers is not set")
        .hasMessageContaining("chasqui.registry-url is not set");
  }
}
