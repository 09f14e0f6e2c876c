package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.guard.policy.CategoryScoring;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.verdict.Cause;
import dev.chasqui.guard.verdict.Score;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One text before the guard: the question for its verdict and, where that is not plainly safe, the
 * question for its hazards, on the same prompt.
 *
 * <pre>
 * verdict asked ─┬─ undecided, plainly safe, or no hazards to ask for ─▶ verdict
 *                └─ hazards asked ── scores, or why there are none ────▶ verdict
 * </pre>
 *
 * <p>Answers come on the engine's thread; {@link #cancel} and {@link #standing} may come from any.
 */
public final class Inquiry implements EngineCall {

  private static final String CONTEXT_LENGTH_EXCEEDED = "context-length-exceeded";
  private static final EngineCall NOTHING = () -> {};

  private final Policy policy;
  private final Optional<Asking> categories;
  private final Consumer<Verdict> listener;
  private final AtomicReference<EngineCall> second = new AtomicReference<>(NOTHING);
  private volatile EngineCall first = NOTHING;
  private volatile boolean cancelled;
  private volatile @Nullable Score score;

  /** Puts a question to the engine. */
  @FunctionalInterface
  interface Asking {
    EngineCall ask(Consumer<ScoreEvent> answer);
  }

  private Inquiry(Policy policy, Optional<Asking> categories, Consumer<Verdict> listener) {
    this.policy = policy;
    this.categories = categories.filter(_ -> policy.categoryScoring() != CategoryScoring.NEVER);
    this.listener = listener;
  }

  /**
   * Begins.
   *
   * @param policy what is looked for
   * @param verdict asks for the verdict
   * @param categories asks for the policy's hazards; empty where the guard names none
   * @param listener gets exactly one verdict
   */
  static Inquiry begin(
      Policy policy, Asking verdict, Optional<Asking> categories, Consumer<Verdict> listener) {
    Inquiry inquiry = new Inquiry(policy, categories, listener);
    try {
      inquiry.first = verdict.ask(inquiry::onVerdict);
    } catch (RuntimeException refused) {
      listener.accept(Verdict.undecided(Cause.ENGINE_FAILED, refusal(refused)));
    }
    return inquiry;
  }

  @Override
  public void cancel() {
    cancelled = true;
    first.cancel();
    second.get().cancel();
  }

  /**
   * Returns what holds if no more answers come.
   *
   * @param cause why none come, as a closed set
   * @param reason why none come, in words
   * @return a verdict by the score that is there already, or an undecided one
   */
  public Verdict standing(Cause cause, String reason) {
    Score known = score;
    return known == null
        ? Verdict.undecided(cause, reason)
        : policy.ruling().judgeWithoutCategories(known, cause, reason);
  }

  private void onVerdict(ScoreEvent event) {
    switch (event) {
      case ScoreEvent.Failed failed ->
          listener.accept(Verdict.undecided(cause(failed, Cause.ENGINE_FAILED), reason(failed)));
      case ScoreEvent.Scored scored -> {
        List<Double> logs = scored.logProbabilities();
        Verdict verdict = policy.thresholds().judge(logs.get(0), logs.get(1));
        verdict
            .trustedScore()
            .filter(this::asksFor)
            .ifPresentOrElse(this::askCategories, () -> listener.accept(verdict));
      }
    }
  }

  private boolean asksFor(Score found) {
    return categories.isPresent()
        && (policy.categoryScoring() == CategoryScoring.ALWAYS
            || policy.ruling().isConcernedBy(found));
  }

  private void askCategories(Score found) {
    score = found;
    try {
      EngineCall call = categories.orElseThrow().ask(event -> onCategories(found, event));
      second.set(call);
      if (cancelled) {
        call.cancel();
      }
    } catch (RuntimeException refused) {
      listener.accept(standing(Cause.NO_CATEGORIES, refusal(refused)));
    }
  }

  private void onCategories(Score found, ScoreEvent event) {
    Verdict verdict =
        switch (event) {
          case ScoreEvent.Failed failed ->
              standing(cause(failed, Cause.NO_CATEGORIES), reason(failed));
          case ScoreEvent.Scored scored ->
              policy
                  .thresholds()
                  .split(found, policy.codes(), scored.logProbabilities())
                  .map(policy.ruling()::judge)
                  .orElseGet(() -> standing(Cause.NO_CATEGORIES, unsplit(scored)));
        };
    listener.accept(verdict);
  }

  private String unsplit(ScoreEvent.Scored scored) {
    return "the guard model gave log-probabilities %s for the categories %s behind its verdict, the policy asks for a sum of at least %s"
        .formatted(scored.logProbabilities(), policy.codes(), policy.thresholds().minimumMass());
  }

  private static String reason(ScoreEvent.Failed failed) {
    return failed.code() + ": " + failed.message();
  }

  private static String refusal(RuntimeException refused) {
    return "the guard engine: " + refused;
  }

  private static Cause cause(ScoreEvent.Failed failed, Cause other) {
    return failed.code().equals(CONTEXT_LENGTH_EXCEEDED) ? Cause.TOO_LONG : other;
  }
}
