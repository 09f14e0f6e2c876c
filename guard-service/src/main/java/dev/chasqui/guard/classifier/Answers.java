package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What the engine said about one text so far: a question that was answered is not put again, so
 * that policies which ask the same cost nothing more. Questions are put one after the other.
 */
final class Answers {

  private final Engine engine;
  private final Map<ScoreRequest, ScoreEvent> known = new ConcurrentHashMap<>();

  Answers(Engine engine) {
    this.engine = engine;
  }

  EngineCall ask(ScoreRequest question, Consumer<ScoreEvent> answer) {
    ScoreEvent before = known.get(question);
    if (before != null) {
      answer.accept(before);
      return () -> {};
    }
    return engine.score(
        question,
        event -> {
          known.put(question, event);
          answer.accept(event);
        });
  }
}
