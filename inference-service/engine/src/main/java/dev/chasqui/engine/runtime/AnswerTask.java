package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.api.ToolCall;
import dev.chasqui.engine.runtime.EngineListener.AnswerReport;
import dev.chasqui.engine.sample.AnswerDraw;
import dev.chasqui.engine.sample.LogitRow;
import dev.chasqui.engine.sample.Sampler;
import dev.chasqui.engine.sample.TokenProbabilities;
import dev.chasqui.engine.schedule.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One answer: draws a token whenever its last one was computed, and tells the listener. */
final class AnswerTask implements Task {

  /**
   * What an answer is made of.
   *
   * @param sequence prompt and committed tokens
   * @param draw with the committed tokens accepted
   * @param text with the committed tokens replayed
   * @param promptTokens tokens of the prompt
   * @param committedTokens tokens of the answer that are known
   * @param deadline when it is of no more use
   * @param logprobs how many alternatives are told of each token; empty tells no probabilities
   */
  record Parts(
      Sequence sequence,
      AnswerDraw draw,
      AnswerText text,
      int promptTokens,
      int committedTokens,
      Optional<Instant> deadline,
      OptionalInt logprobs) {}

  private final OpenCall call;
  private final Parts parts;
  private final Sampler sampler;
  private final GenerationListener listener;
  private final EngineListener metrics;
  private final CallTimes times;
  private int answerTokens;
  private boolean over;

  AnswerTask(
      OpenCall call,
      Parts parts,
      Sampler sampler,
      GenerationListener listener,
      EngineListener metrics) {
    this.call = call;
    this.parts = parts;
    this.sampler = sampler;
    this.listener = listener;
    this.metrics = metrics;
    this.times = new CallTimes(call.openedNanos());
    this.answerTokens = parts.committedTokens();
    call.tokenized(parts.promptTokens());
  }

  @Override
  public OpenCall call() {
    return call;
  }

  /** An answer that had ended when it was interrupted has nothing left to compute. */
  @Override
  public List<Sequence> begin() {
    parts.text().reason().ifPresent(this::finish);
    return over ? List.of() : List.of(parts.sequence());
  }

  @Override
  public void onFirstStep() {
    times.onStep();
  }

  @Override
  public void onLogits(Sequence sequence, int position, LogitRow logits) {
    if (call.isCancelled()) {
      cancel(); // what was verified together ends together
      return;
    }
    int tokenId = sampler.choose(logits, parts.draw());
    parts.draw().accept(tokenId);
    times.onToken();
    String text = parts.text().accept(tokenId);
    listener.onEvent(
        new GenerationEvent.Tokens(
            answerTokens++, TokenIds.of(tokenId), text, logprobs(logits, tokenId)));
    parts.text().reason().ifPresentOrElse(this::finish, () -> sequence.append(tokenId));
  }

  private List<Logprobs> logprobs(LogitRow logits, int tokenId) {
    return parts.logprobs().isPresent()
        ? List.of(TokenProbabilities.of(logits.values(), tokenId, parts.logprobs().getAsInt()))
        : List.of();
  }

  @Override
  public boolean needs(Sequence sequence) {
    return !over;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void cancel() {
    finish(FinishReason.CANCELLED);
  }

  @Override
  public Optional<Instant> deadline() {
    return parts.deadline();
  }

  @Override
  public void expire() {
    finish(FinishReason.EXPIRED);
  }

  @Override
  public void fail(Failure failure) {
    over = true;
    listener.onEvent(new GenerationEvent.Failed(failure.code(), failure.message()));
  }

  private void finish(FinishReason reason) {
    over = true;
    int cached = Math.min(parts.promptTokens(), parts.sequence().cachedTokens());
    GenerationEvent.Timings timings = times.timings();
    metrics.onAnswer(
        new AnswerReport(
            timings.queued(),
            timings.firstToken(),
            timings.total(),
            parts.promptTokens(),
            answerTokens));
    listener.onEvent(
        new GenerationEvent.Finished(
            reason,
            new GenerationEvent.Usage(parts.promptTokens(), cached, answerTokens),
            timings,
            toolCalls(reason)));
  }

  /** An answer that was cut off calls nothing. */
  private List<ToolCall> toolCalls(FinishReason reason) {
    return reason == FinishReason.STOP ? parts.text().toolCalls() : List.of();
  }
}
