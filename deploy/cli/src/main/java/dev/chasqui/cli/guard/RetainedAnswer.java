package dev.chasqui.cli.guard;

import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.topology.wire.Conversations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer as it was generated, before anything was held back. Owned by one thread. */
final class RetainedAnswer {

  /** What a guard service goes on with by default when an answer outgrows the guard's context. */
  private static final int TAIL_TOKENS = 512;

  private final String requestId;
  private final GenerationStarted started;
  private final Map<Integer, List<TokensGenerated>> choices = new HashMap<>();

  RetainedAnswer(String requestId, GenerationStarted started) {
    this.requestId = requestId;
    this.started = started;
  }

  void add(TokensGenerated chunk) {
    choices.computeIfAbsent(chunk.getChoice(), _ -> new ArrayList<>()).add(chunk);
  }

  /** Returns what the guard saw when it gave a verdict on a window. */
  Retained at(SafetyVerdict verdict) {
    VerdictWindow window = verdict.getWindow();
    String tail = text(window.getChoice(), window.getToSequence() - TAIL_TOKENS, window);
    return new Retained(
        verdict, subject(text(window.getChoice(), 0, window)), Optional.of(subject(tail)));
  }

  private Subject subject(String answer) {
    return new Subject(
        requestId, started.getTenant(), Conversations.turns(started.getConversation(), answer));
  }

  private String text(int choice, int from, VerdictWindow window) {
    StringBuilder text = new StringBuilder();
    for (TokensGenerated chunk : choices.getOrDefault(choice, List.of())) {
      int end = chunk.getSequence() + chunk.getTokenIds().size();
      if (chunk.getSequence() >= from && end <= window.getToSequence()) {
        text.append(chunk.getText());
      }
    }
    return text.toString();
  }
}
