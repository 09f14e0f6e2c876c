package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.kvcache.PrefixScope;
import dev.chasqui.engine.sample.LogitRow;
import dev.chasqui.engine.schedule.Sequence;
import dev.chasqui.engine.schedule.Urgency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One score: collects log-probabilities until all continuations have theirs. */
final class ScoreTask implements Task {

  private final OpenCall call;
  private final Continuations continuations;
  private final ScoreListener listener;
  private final Map<Sequence, int[]> tokens = new HashMap<>();
  private final List<Sequence> sequences = new ArrayList<>();
  private boolean over;

  ScoreTask(
      OpenCall call,
      Continuations continuations,
      Urgency urgency,
      PrefixScope scope,
      ScoreListener listener) {
    this.call = call;
    this.continuations = continuations;
    this.listener = listener;
    for (int[] ids : continuations.sequences()) {
      Sequence sequence = Sequence.scored(urgency, scope, ids, continuations.logitsFrom());
      sequences.add(sequence);
      tokens.put(sequence, ids);
    }
  }

  @Override
  public OpenCall call() {
    return call;
  }

  @Override
  public List<Sequence> begin() {
    return sequences;
  }

  @Override
  public void onFirstStep() {}

  @Override
  public void onLogits(Sequence sequence, int position, LogitRow logits) {
    continuations.take(tokens.getOrDefault(sequence, new int[0]), position, logits.values());
    if (continuations.areComplete()) {
      over = true;
      listener.onEvent(scored());
    }
  }

  @Override
  public boolean needs(Sequence sequence) {
    return false;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void cancel() {
    fail(new Failure("cancelled", "the score was cancelled by its caller"));
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  public void expire() {
    fail(new Failure("expired", "the deadline of the score has passed"));
  }

  @Override
  public void fail(Failure failure) {
    over = true;
    listener.onEvent(new ScoreEvent.Failed(failure.code(), failure.message()));
  }

  private ScoreEvent scored() {
    int cached = Math.min(continuations.promptTokens(), sequences.getFirst().cachedTokens());
    return new ScoreEvent.Scored(
        continuations.logProbabilities(), continuations.promptTokens(), cached);
  }
}
