package dev.chasqui.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.TokenIds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects the events of one answer; one after the terminal event fails the test. */
final class Answers implements GenerationListener {

  private final List<GenerationEvent> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<GenerationEvent> terminal = new CompletableFuture<>();

  /** All events of an answer. */
  record Answer(List<GenerationEvent.Tokens> tokens, GenerationEvent terminal) {

    TokenIds ids() {
      return tokens.stream()
          .map(GenerationEvent.Tokens::tokenIds)
          .reduce(TokenIds.empty(), TokenIds::plus);
    }

    String text() {
      return String.join("", tokens.stream().map(GenerationEvent.Tokens::text).toList());
    }

    GenerationEvent.Finished finished() {
      assertThat(terminal).isInstanceOf(GenerationEvent.Finished.class);
      return (GenerationEvent.Finished) terminal;
    }

    GenerationEvent.Failed failed() {
      return (GenerationEvent.Failed) terminal;
    }
  }

  static Answer of(Engine engine, GenerationRequest request) {
    return start(engine, request).await();
  }

  static Answers start(Engine engine, GenerationRequest request) {
    Answers answers = new Answers();
    engine.generate(request, answers);
    return answers;
  }

  @Override
  public void onEvent(GenerationEvent event) {
    events.add(event);
    switch (event) {
      case GenerationEvent.Tokens tokens -> {}
      case GenerationEvent.Finished finished -> terminal.complete(finished);
      case GenerationEvent.Failed failed -> terminal.complete(failed);
    }
  }

  /** Waits for the terminal event. */
  Answer await() {
    try {
      GenerationEvent last = terminal.get(60, TimeUnit.SECONDS);
      List<GenerationEvent> before = events.subList(0, events.size() - 1);
      return new Answer(before.stream().map(GenerationEvent.Tokens.class::cast).toList(), last);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no terminal event; so far: " + events, e);
    }
  }

  boolean isOver() {
    return terminal.isDone();
  }
}
