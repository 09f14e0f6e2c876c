package dev.chasqui.guard.topology.output;

import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.PolicyKey;
import dev.chasqui.guard.topology.state.AnswerPhase;
import dev.chasqui.guard.topology.state.AnswerProgress;
import dev.chasqui.guard.topology.wire.PolicyReferences;
import dev.chasqui.stream.AppendLog;
import dev.chasqui.stream.Measured;
import dev.chasqui.stream.MeasuredStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The answers of one task, in stores and in memory.
 *
 * <pre>
 * started ─▶ OPEN ─┬─ generator ended, all judged ─▶ final ─▶ forgotten
 *                  └─ stopped ─▶ final ─▶ CLOSED ── generator ended ─▶ forgotten
 * </pre>
 *
 * <p>A closed answer swallows what the generator sent before the stop reached it: late tokens
 * revive nothing. Belongs to the stream thread.
 */
final class AnswerLedger {

  private final MeasuredStore<String, GenerationStarted> conversations;
  private final MeasuredStore<String, AnswerProgress> progress;
  private final AppendLog<TokensGenerated> tokens;
  private final MeasuredStore<String, GenerationEvent> ends;
  private final Map<String, Answer> answers = new HashMap<>();

  AnswerLedger(
      MeasuredStore<String, GenerationStarted> conversations,
      MeasuredStore<String, AnswerProgress> progress,
      AppendLog<TokensGenerated> tokens,
      MeasuredStore<String, GenerationEvent> ends) {
    this.conversations = conversations;
    this.progress = progress;
    this.tokens = tokens;
    this.ends = ends;
  }

  /** Takes up what an earlier incarnation left. */
  void resume(Supplier<Policies> policies) {
    progress.forEach((id, state) -> answers.put(id, resumed(id, state, policies)));
  }

  private Answer resumed(String id, AnswerProgress state, Supplier<Policies> policies) {
    if (state.getPhase() != AnswerPhase.OPEN) {
      return Answer.closed(id);
    }
    GenerationStarted started = started(id);
    Answer answer = Answer.open(start(id, started, policies), state);
    answer.choices().forEach(choice -> choice.resumed(text(id, choice).size()));
    if (ends.contains(id)) {
      answer.ended();
    }
    return answer;
  }

  private static Answer.Start start(
      String id, GenerationStarted started, Supplier<Policies> policies) {
    PolicyKey key = PolicyReferences.key(started.getPolicy());
    return Answer.Start.of(id, started, () -> policies.get().find(key));
  }

  private static boolean known(GenerationStarted started, Supplier<Policies> policies) {
    return policies.get().find(PolicyReferences.key(started.getPolicy())).isPresent();
  }

  /** Where the policy is not here yet, nobody knows whether anything may be shown unjudged. */
  private static GenerationStarted cautious(GenerationStarted started) {
    return PolicyReferences.mode(started.getReleaseMode()).showsUnjudged()
        ? GenerationStarted.newBuilder(started).setReleaseMode(ReleaseMode.WINDOW).build()
        : started;
  }

  List<Answer> all() {
    return List.copyOf(answers.values());
  }

  Optional<Answer> find(String requestId) {
    return Optional.ofNullable(answers.get(requestId));
  }

  GenerationStarted started(String requestId) {
    return conversations.get(requestId).orElseThrow();
  }

  /** Returns when an answer is of no more use. */
  Optional<Instant> deadline(Answer answer) {
    return Optional.ofNullable(started(answer.requestId()).getDeadline());
  }

  AnswerText text(String requestId, Choice choice) {
    return new AnswerText(tokens.read(requestId, choice.number()));
  }

  GenerationEvent end(String requestId) {
    return ends.get(requestId).orElseThrow();
  }

  /** Opens an answer; where its beginning is too large to be kept, it is there, but not open. */
  Measured open(String requestId, GenerationStarted begun, Supplier<Policies> policies) {
    GenerationStarted started = known(begun, policies) ? begun : cautious(begun);
    Measured measured = conversations.put(requestId, started);
    if (measured instanceof Measured.TooLarge) {
      close(Answer.closed(requestId));
      return measured;
    }
    Answer answer =
        Answer.open(
            start(requestId, started, policies),
            AnswerProgress.newBuilder().setPhase(AnswerPhase.OPEN).build());
    answers.put(requestId, answer);
    save(answer);
    return measured;
  }

  Measured append(String requestId, Choice choice, TokensGenerated chunk) {
    AppendLog.Place place = new AppendLog.Place(requestId, choice.number(), chunk.getSequence());
    Measured measured = tokens.append(place, chunk);
    if (measured instanceof Measured.Fits) {
      choice.received(chunk.getTokenIds().size());
    }
    return measured;
  }

  Measured ended(Answer answer, GenerationEvent end) {
    answer.ended();
    return ends.put(answer.requestId(), end);
  }

  /** Lets an answer whose generator has ended end as cancelled; one that failed stays failed. */
  void cancelled(Answer answer, String reason) {
    GenerationEvent end = end(answer.requestId());
    if (end.getFinished() != null) {
      GenerationFinished cancelled =
          GenerationFinished.newBuilder(end.getFinished())
              .setReason(FinishReason.CANCELLED)
              .setStopReason(reason)
              .build();
      ends.put(answer.requestId(), GenerationEvent.newBuilder(end).setFinished(cancelled).build());
    }
  }

  void save(Answer answer) {
    progress.put(answer.requestId(), answer.progress());
  }

  /** Keeps nothing of an answer but that it is closed. */
  void close(Answer answer) {
    forget(answer.requestId());
    Answer closed = Answer.closed(answer.requestId());
    answers.put(closed.requestId(), closed);
    save(closed);
  }

  void forget(String requestId) {
    answers.remove(requestId);
    conversations.delete(requestId);
    progress.delete(requestId);
    tokens.delete(requestId);
    ends.delete(requestId);
  }
}
