package dev.chasqui.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MeterNameTests {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final MeterName name = MeterName.of("chasqui.some", "records", "topic", "code");

  @Test
  void tellsMetersApartByTheirTags() {
    name.counter(registry, "prompts", "a").increment(2);
    name.counter(registry, "prompts", "b").increment();
    name.counter(registry, "prompts", "a").increment();

    assertThat(registry.get("chasqui.some").tags("topic", "prompts", "code", "a").counter().count())
        .isEqualTo(3);
  }

  @Test
  void wantsAValueForEachTag() {
    assertThatThrownBy(() -> name.counter(registry, "prompts"))
        .hasMessageContaining("[topic, code], but 1 values");
  }
}
