package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.api.TokenIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An engine that says what a test makes it say. */
final class ScriptedEngine implements Engine {

  final List<Call> calls = new ArrayList<>();
  private final int slots;
  private String modelHash = "hash-1";

  ScriptedEngine(int slots) {
    this.slots = slots;
  }

  void changeModel(String hash) {
    modelHash = hash;
  }

  /** The newest call of a request. */
  Call call(String requestId) {
    return calls.reversed().stream()
        .filter(call -> call.request.id().requestId().equals(requestId))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no call for " + requestId));
  }

  List<String> order() {
    return calls.stream().map(call -> call.request.id().requestId()).toList();
  }

  /** A call of the topology. */
  static final class Call implements EngineCall {

    final GenerationRequest request;
    private final GenerationListener listener;
    private int next;
    boolean cancelled;

    Call(GenerationRequest request, GenerationListener listener) {
      this.request = request;
      this.listener = listener;
      this.next = request.committed().size();
    }

    /** Sends one event with one token for each id. */
    void tokens(int... ids) {
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        text.append((char) ('a' + id));
      }
      listener.onEvent(new GenerationEvent.Tokens(next, TokenIds.of(ids), text.toString()));
      next += ids.length;
    }

    void skipTo(int sequence) {
      next = sequence;
    }

    void finish(FinishReason reason) {
      listener.onEvent(
          new GenerationEvent.Finished(
              reason,
              new GenerationEvent.Usage(3, 1, next),
              new GenerationEvent.Timings(
                  Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3))));
    }

    void fail(String code, String message) {
      listener.onEvent(new GenerationEvent.Failed(code, message));
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription("tiny", "scripted", modelHash, "template-1", 100, 50, Set.of());
  }

  @Override
  public EngineCall generate(GenerationRequest request, GenerationListener listener) {
    Call call = new Call(request, listener);
    calls.add(call);
    return call;
  }

  @Override
  public EngineCall score(ScoreRequest request, ScoreListener listener) {
    throw new UnsupportedOperationException("a generation never scores");
  }

  @Override
  public EngineLoad load() {
    return new EngineLoad(0, 0, slots, 0, 10);
  }

  @Override
  public void close() {}
}
