package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.guard.classifier.GuardFormat.VerdictText;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A guard model that is asked in its format. Used from any thread; whoever opened the engine closes
 * it. Time limits are the caller's: a closed engine never answers.
 */
public final class Classifier {

  private static final String CONTEXT_LENGTH_EXCEEDED = "context-length-exceeded";

  private final Engine engine;
  private final Optional<String> adapter;
  private final GuardFormat format;
  private final GuardPrompt prompt;

  /**
   * Asks a model as it is.
   *
   * @param engine the guard model
   * @param format how it is asked
   */
  public Classifier(Engine engine, GuardFormat format) {
    this(engine, format, Optional.empty());
  }

  /**
   * Asks a model.
   *
   * @param engine the guard model, or the base that the guard adapter belongs to
   * @param format how it is asked
   * @param adapter the engine's name for the guard adapter; empty for a whole guard model
   * @throws IllegalArgumentException if the model cannot be asked in that format, or has no such
   *     adapter
   */
  public Classifier(Engine engine, GuardFormat format, Optional<String> adapter) {
    this.engine = engine;
    this.adapter = adapter;
    adapter.ifPresent(name -> checkAdapter(engine, name));
    this.format = format;
    this.prompt = new GuardPrompt(format, engine.model());
  }

  /**
   * Judges the last turn of a conversation. Whatever goes wrong is an undecided verdict.
   *
   * @param subject what is judged
   * @param policy what is looked for, and from which score on it is unsafe
   * @param listener gets exactly one verdict unless the engine is closed or the call cancelled
   *     first; called on the engine's thread, or on the caller's where the engine refuses at once
   * @return the running call, to cancel it
   */
  public EngineCall judge(Subject subject, Policy policy, Consumer<Verdict> listener) {
    VerdictText verdicts = format.verdicts();
    try {
      GuardPrompt.Question question = prompt.render(policy.categories(), subject);
      return engine.score(
          new ScoreRequest(
              subject.requestId(),
              subject.tenant(),
              question.prompt(),
              question.leadIn(),
              List.of(verdicts.safe(), verdicts.unsafe()),
              adapter),
          event -> listener.accept(verdict(event, policy)));
    } catch (RuntimeException refused) {
      listener.accept(Verdict.undecided(Cause.ENGINE_FAILED, "the guard engine: " + refused));
      return () -> {};
    }
  }

  /** Returns how many more calls would start at once. */
  public int freeSlots() {
    return engine.load().freeSlots();
  }

  /**
   * Returns SHA-256 of the guard model; of base and adapter, joined by a plus, where it is both.
   */
  public String modelHash() {
    String ofModel = engine.model().modelHash();
    return adapter.isEmpty() ? ofModel : ofModel + "+" + engine.model().adapterHash(adapter);
  }

  /** Returns SHA-256 of the guard prompt format. */
  public String templateHash() {
    return format.hash();
  }

  private static void checkAdapter(Engine engine, String name) {
    if (!engine.model().adapters().containsKey(name)) {
      throw new IllegalArgumentException(
          "guard adapter is \"%s\": model %s has the adapters %s"
              .formatted(name, engine.model().name(), engine.model().adapters().keySet()));
    }
  }

  private static Verdict verdict(ScoreEvent event, Policy policy) {
    return switch (event) {
      case ScoreEvent.Scored scored ->
          policy
              .thresholds()
              .judge(scored.logProbabilities().get(0), scored.logProbabilities().get(1));
      case ScoreEvent.Failed failed ->
          Verdict.undecided(cause(failed), failed.code() + ": " + failed.message());
    };
  }

  private static Cause cause(ScoreEvent.Failed failed) {
    return failed.code().equals(CONTEXT_LENGTH_EXCEEDED) ? Cause.TOO_LONG : Cause.ENGINE_FAILED;
  }
}
