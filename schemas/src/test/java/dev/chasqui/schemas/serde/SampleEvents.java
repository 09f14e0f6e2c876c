package dev.chasqui.schemas.serde;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events for tests. */
final class SampleEvents {
  static final Instant TIME = Instant.parse("2026-11-24T09:00:00Z");

  private SampleEvents() {}

  static CancellationRequested cancellation() {
    return CancellationRequested.newBuilder()
        .setRequestId("r1")
        .setReason("no")
        .setRequestTime(Instant.ofEpochMilli(1))
        .build();
  }

  static PromptSubmitted prompt() {
    return PromptSubmitted.newBuilder()
        .setRequestId("request-1")
        .setModel("smollm2")
        .setMessages(
            List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "¿Qué tal? 🦙")))
        .setSampling(
            Sampling.newBuilder()
                .setMaxTokens(16)
                .setSeed(7L)
                .setLogitBias(Map.of("13", -1.5f))
                .setStopSequences(List.of("\n\n"))
                .build())
        .setReleaseMode(ReleaseMode.FULL)
        .setDeadline(TIME.plusSeconds(60))
        .setMetadata(Map.of("case", "A-1"))
        .setSubmitTime(TIME)
        .build();
  }
}
