package dev.chasqui.guard.topology.output;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationFailed;
import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.GenerationType;
import dev.chasqui.events.Message;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.Role;
import dev.chasqui.events.StopMissed;
import dev.chasqui.events.Timings;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.Usage;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.topology.GuardDriver;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a generator would send, for tests: token n of an answer has id n and text "n ". */
final class Generations {

  private Generations() {}

  static GenerationStarted.Builder start(Policies policies, String tenant, ReleaseMode mode) {
    var policy = policies.choose(tenant, Optional.empty()).orElseThrow();
    return GenerationStarted.newBuilder()
        .setTenant(tenant)
        .setModel("smol")
        .setModelHash("hash")
        .setPool("small")
        .setConversation(List.of(new Message(Role.USER, "Count!")))
        .setPolicy(PolicyReferences.of(policy.key()))
        .setReleaseMode(mode)
        .setMetadata(Map.of("label", "x"))
        .setSubmitTime(GuardDriver.BEGIN);
  }

  static GenerationEvent started(String id, GenerationStarted started) {
    return event(id, GenerationType.STARTED).setStarted(started).build();
  }

  static GenerationEvent tokens(String id, int from, int to) {
    return tokens(id, 0, from, to);
  }

  static GenerationEvent tokens(String id, int choice, int from, int to) {
    List<Integer> ids = new ArrayList<>();
    for (int i = from; i < to; i++) {
      ids.add(i);
    }
    return event(id, GenerationType.TOKENS)
        .setTokens(
            TokensGenerated.newBuilder()
                .setChoice(choice)
                .setSequence(from)
                .setTokenIds(ids)
                .setText(text(from, to))
                .build())
        .build();
  }

  static GenerationEvent said(String id, int from, int to, String text) {
    return said(id, 0, from, to, text);
  }

  static GenerationEvent said(String id, int choice, int from, int to, String text) {
    GenerationEvent counted = tokens(id, choice, from, to);
    return GenerationEvent.newBuilder(counted)
        .setTokens(TokensGenerated.newBuilder(counted.getTokens()).setText(text).build())
        .build();
  }

  static GenerationEvent probable(GenerationEvent chunk, List<Float> logprobs) {
    return GenerationEvent.newBuilder(chunk)
        .setTokens(TokensGenerated.newBuilder(chunk.getTokens()).setLogprobs(logprobs).build())
        .build();
  }

  static GenerationEvent silent(String id, int sequence) {
    TokensGenerated endToken = new TokensGenerated(sequence, List.of(2), "");
    return event(id, GenerationType.TOKENS).setTokens(endToken).build();
  }

  static String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i).append(' ');
    }
    return text.toString();
  }

  static GenerationEvent finished(String id, FinishReason reason) {
    return event(id, GenerationType.FINISHED)
        .setFinished(
            new GenerationFinished(
                reason, new Usage(10, 0, 40), new Timings(1L, 2L, 3L), "stop!", List.of()))
        .build();
  }

  static GenerationEvent failed(String id) {
    return event(id, GenerationType.FAILED)
        .setFailed(new GenerationFailed("model-changed", "another model is loaded"))
        .build();
  }

  /** A cancellation that came behind the end. */
  static GenerationEvent stopMissed(String id) {
    return event(id, GenerationType.STOP_MISSED).setStopMissed(new StopMissed("late")).build();
  }

  private static GenerationEvent.Builder event(String id, GenerationType type) {
    return GenerationEvent.newBuilder().setRequestId(id).setType(type).setTime(GuardDriver.BEGIN);
  }
}
