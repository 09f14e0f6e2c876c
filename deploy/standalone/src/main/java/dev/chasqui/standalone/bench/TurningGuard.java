package dev.chasqui.standalone.bench;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A guard that takes the time of a model, but whose verdicts are arranged: prompts are safe, and
 * answers too until one of their windows, which is not. Safe from any thread; the model stays the
 * caller's.
 */
final class TurningGuard implements Engine {

  private static final List<Double> SAFE = List.of(Math.log(0.98), Math.log(0.01));
  private static final List<Double> UNSAFE = List.of(Math.log(0.02), Math.log(0.97));

  private final Engine model;
  private final int unsafeWindow;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /**
   * Wraps a model.
   *
   * @param model takes the time
   * @param unsafeWindow the window of each answer that is unsafe, from 1
   */
  TurningGuard(Engine model, int unsafeWindow) {
    this.model = model;
    this.unsafeWindow = unsafeWindow;
  }

  @Override
  public EngineCall score(ScoreRequest request, ScoreListener listener) {
    return model.score(request, event -> listener.onEvent(arranged(request.requestId(), event)));
  }

  /** The first question about a request is about its prompt. */
  private ScoreEvent arranged(String requestId, ScoreEvent event) {
    return switch (event) {
      case ScoreEvent.Scored(_, int tokens, int cached) -> {
        boolean isUnsafe = asked.merge(requestId, 1, Integer::sum) > unsafeWindow;
        yield new ScoreEvent.Scored(isUnsafe ? UNSAFE : SAFE, tokens, cached);
      }
      case ScoreEvent.Failed failed -> failed;
    };
  }

  @Override
  public ModelDescription model() {
    return model.model();
  }

  @Override
  public EngineCall generate(GenerationRequest request, GenerationListener listener) {
    throw new UnsupportedOperationException("a guard generates nothing");
  }

  @Override
  public EngineLoad load() {
    return model.load();
  }

  @Override
  public void close() {
    // the model is the caller's
  }
}
