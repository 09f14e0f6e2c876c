package dev.chasqui.cli.guard;

import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictWindow;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.topology.wire.CodeFindings;
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
  private boolean isFinished;

  RetainedAnswer(String requestId, GenerationStarted started) {
    this.requestId = requestId;
    this.started = started;
  }

  void add(TokensGenerated chunk) {
    choices.computeIfAbsent(chunk.getChoice(), _ -> new ArrayList<>()).add(chunk);
  }

  /** Takes the generator's last word; code that is open then closes where it finished. */
  void ended(GenerationEvent end) {
    isFinished = end.getFinished() != null;
  }

  /** Returns what the guard saw when it gave its verdicts, and what a code scan finds in it now. */
  List<Retained> at(List<SafetyVerdict> verdicts, CodeRescan code) {
    Map<Integer, SafetyVerdict> last = new HashMap<>();
    verdicts.forEach(verdict -> last.put(verdict.getWindow().getChoice(), verdict));
    return verdicts.stream()
        .map(verdict -> at(verdict, code, last.get(verdict.getWindow().getChoice()) == verdict))
        .toList();
  }

  private Retained at(SafetyVerdict verdict, CodeRescan code, boolean isLast) {
    VerdictWindow window = verdict.getWindow();
    int choice = window.getChoice();
    String fresh = text(choice, window.getFromSequence(), window.getToSequence());
    boolean isAll = isFinished && text(choice, window.getToSequence(), Integer.MAX_VALUE).isEmpty();
    CodeFindings found = code.read(choice, fresh, isLast && isAll);
    if (fresh.isEmpty() && isWithoutScore(verdict)) {
      return new Retained(verdict, Optional.empty(), Optional.empty(), found);
    }
    String whole = text(choice, 0, window.getToSequence());
    String tail = text(choice, window.getToSequence() - TAIL_TOKENS, window.getToSequence());
    return new Retained(verdict, Optional.of(subject(whole)), Optional.of(subject(tail)), found);
  }

  /** The code scan says so when it finds something at the end of an answer. */
  private static boolean isWithoutScore(SafetyVerdict verdict) {
    return verdict.getScore() == null && verdict.getOutcome() != VerdictOutcome.UNDECIDED;
  }

  private Subject subject(String answer) {
    return new Subject(
        requestId, started.getTenant(), Conversations.turns(started.getConversation(), answer));
  }

  private String text(int choice, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (TokensGenerated chunk : choices.getOrDefault(choice, List.of())) {
      int end = chunk.getSequence() + chunk.getTokenIds().size();
      if (chunk.getSequence() >= from && end <= to) {
        text.append(chunk.getText());
      }
    }
    return text.toString();
  }
}
