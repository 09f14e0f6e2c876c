package dev.chasqui.guard.topology.input;

import dev.chasqui.events.CancellationRequested;
import dev.chasqui.events.Message;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.Role;
import dev.chasqui.events.Sampling;
import dev.chasqui.guard.topology.GuardDriver;
import java.util.List;
import java.util.Map;

/** Prompts for tests. */
final class Prompts {

  private Prompts() {}

  static PromptSubmitted.Builder prompt(String id) {
    return PromptSubmitted.newBuilder()
        .setRequestId(id)
        .setModel("smol")
        .setMessages(List.of(new Message(Role.USER, "How do I bake bread?")))
        .setSampling(Sampling.newBuilder().setMaxTokens(100).build())
        .setMetadata(Map.of("label", "x"))
        .setSubmitTime(GuardDriver.BEGIN);
  }

  static CancellationRequested cancel(String id) {
    return new CancellationRequested(id, "changed my mind", GuardDriver.BEGIN);
  }
}
