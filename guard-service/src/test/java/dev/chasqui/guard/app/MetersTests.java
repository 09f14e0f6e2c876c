package dev.chasqui.guard.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.events.PolicyReference;
import dev.chasqui.guard.topology.wire.Final;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTests {

  private static final PolicyReference POLICY = new PolicyReference("shop", 2, "h");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  @Test
  void countsRetractionsByPolicyAndEnd() {
    meters.retracted(POLICY, Final.Rejected.content("unsafe-response", "no", List.of()));
    meters.retracted(POLICY, Final.Rejected.content("unsafe-response", "no", List.of()));
    meters.retracted(POLICY, new Final.Cancelled("enough"));

    assertThat(count("chasqui.guard.retracted", "unsafe-response")).isEqualTo(2);
    assertThat(count("chasqui.guard.retracted", "cancelled")).isEqualTo(1);
  }

  @Test
  void countsWhatAuditLetsPassByPolicyAndOutcome() {
    meters.audited(POLICY, "insecure-code");

    assertThat(count("chasqui.guard.audited", "insecure-code")).isEqualTo(1);
  }

  @Test
  void countsThroughTheLogOfRequests() {
    RequestLog log = new RequestLog(meters);
    log.retracted(POLICY, new Final.Cancelled("enough"));
    log.audited(POLICY, "review");

    assertThat(count("chasqui.guard.retracted", "cancelled")).isEqualTo(1);
    assertThat(count("chasqui.guard.audited", "review")).isEqualTo(1);
  }

  private double count(String name, String outcome) {
    return registry.get(name).tags("policy", "shop@2", "outcome", outcome).counter().count();
  }
}
