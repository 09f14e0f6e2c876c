package dev.chasqui.guard.topology;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A guard model that answers when a test says so, and remembers what it was asked. */
public final class ScriptedEngine implements Engine {

  private static final int SLOTS = 4;

  /** Questions without an answer yet, oldest first. */
  public final Deque<Question> open = new ArrayDeque<>();

  /** All questions ever asked. */
  public final List<Question> asked = new ArrayList<>();

  /** Ids of requests whose call was cancelled. */
  public final List<String> cancelled = new ArrayList<>();

  /** All questions for categories; by default they are answered at once, see below. */
  public final List<Question> askedCategories = new ArrayList<>();

  /** The answer to questions for categories: alike likely. Null leaves them open, behind others. */
  public @Nullable Function<List<String>, ScoreEvent> categories = ScriptedEngine::evenly;

  /** Whether the engine is gone. */
  public boolean broken;

  /**
   * What was asked.
   *
   * @param request the question
   * @param listener where the answer goes
   */
  public record Question(ScoreRequest request, ScoreListener listener) {

    /** Returns the text of the guard prompt. */
    public String text() {
      return switch (request.prompt()) {
        case Prompt.Text(var marked) -> marked.text();
        case Prompt.Chat(var messages, _, _) -> messages.getFirst().content();
        case Prompt.Tokens _, Prompt.Infill _ ->
            throw new IllegalStateException("guard prompts are texts");
      };
    }

    /** Returns the conversation inside the guard prompt. */
    public String conversation() {
      String begin = "<BEGIN CONVERSATION>\n\n";
      int end = text().lastIndexOf("\n\n<END CONVERSATION>");
      return text().substring(text().indexOf(begin) + begin.length(), end);
    }
  }

  /** Answers the oldest open question: safe with probability 0.98. */
  public void safe() {
    score(0.98, 0.01);
  }

  /** Answers the oldest open question: unsafe with probability 0.97. */
  public void unsafe() {
    score(0.02, 0.97);
  }

  /** Answers the oldest open question as a model that is no guard: next to no mass on verdicts. */
  public void undecided() {
    score(0.0005, 0.0004);
  }

  /**
   * Answers the oldest open question.
   *
   * @param safe probability of "safe"
   * @param unsafe probability of "unsafe"
   */
  public void score(double safe, double unsafe) {
    answer(new ScoreEvent.Scored(List.of(Math.log(safe), Math.log(unsafe)), 100, 0));
  }

  /**
   * Answers the oldest open question.
   *
   * @param event the answer
   */
  public void answer(ScoreEvent event) {
    open.remove().listener().onEvent(event);
  }

  /** Answers the oldest open question: the prompt does not fit. */
  public void tooLong() {
    answer(new ScoreEvent.Failed("context-length-exceeded", "9000 tokens, 8192 fit"));
  }

  @Override
  public EngineCall score(ScoreRequest request, ScoreListener listener) {
    if (broken) {
      throw new IllegalStateException("the device is gone");
    }
    Question question = new Question(request, listener);
    if (request.leadIn().endsWith("unsafe\n")) {
      askedCategories.add(question);
      Function<List<String>, ScoreEvent> answer = categories;
      if (answer != null) {
        listener.onEvent(answer.apply(request.continuations()));
        return () -> {};
      }
    } else {
      asked.add(question);
    }
    open.add(question);
    return () -> {
      cancelled.add(request.requestId());
      open.remove(question);
    };
  }

  private static ScoreEvent evenly(List<String> codes) {
    double each = -Math.log(codes.size());
    return new ScoreEvent.Scored(Collections.nCopies(codes.size(), each), 100, 99);
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription("guard", "scripted", "m0de1", "", 8192, 100, Set.of());
  }

  @Override
  public EngineCall generate(GenerationRequest request, GenerationListener listener) {
    throw new UnsupportedOperationException("a guard generates nothing");
  }

  @Override
  public EngineLoad load() {
    return new EngineLoad(open.size(), 0, SLOTS, 0, 1);
  }

  @Override
  public void close() {
    broken = true;
  }
}
