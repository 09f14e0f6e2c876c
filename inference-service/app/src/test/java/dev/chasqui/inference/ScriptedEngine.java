package dev.chasqui.inference;

import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.api.ToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An engine that says what a test makes it say. */
public final class ScriptedEngine implements Engine {

  /** Tokens of every prompt. */
  private static final int PROMPT_TOKENS = 3;

  /** The calls in their order. */
  public final List<Call> calls = new ArrayList<>();

  private final int slots;
  private int running;
  private Optional<String> fault = Optional.empty();
  private String modelHash = "hash-1";
  private Map<String, String> adapters = Map.of("poet", "adapter-1");

  /** An engine with room for so many sequences. */
  public ScriptedEngine(int slots) {
    this.slots = slots;
  }

  /** Says that so many sequences run. */
  public void occupy(int sequences) {
    running = sequences;
  }

  /** Becomes another model. */
  public void changeModel(String hash) {
    modelHash = hash;
  }

  /** Gets another adapter under the name of the one that it had. */
  public void changeAdapter(String hash) {
    adapters = Map.of("poet", hash);
  }

  /** The newest call of a request. */
  public Call call(String requestId) {
    return calls.reversed().stream()
        .filter(call -> call.request.id().requestId().equals(requestId))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no call for " + requestId));
  }

  /** The newest call for one choice of a request. */
  public Call call(String requestId, int choice) {
    return calls.reversed().stream()
        .filter(call -> call.request.id().requestId().equals(requestId))
        .filter(call -> call.request.id().choice() == choice)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no call for " + requestId + " " + choice));
  }

  /** The ids of the calls in their order. */
  public List<String> order() {
    return calls.stream().map(call -> call.request.id().requestId()).toList();
  }

  /** A call of the topology. */
  public static final class Call implements EngineCall {

    /** What was asked. */
    public final GenerationRequest request;

    private final GenerationListener listener;
    private int next;

    /** Whether the call was given up. */
    public boolean cancelled;

    private Call(GenerationRequest request, GenerationListener listener) {
      this.request = request;
      this.listener = listener;
      this.next = request.committed().size();
    }

    /** Sends one event with one token for each id. */
    public void tokens(int... ids) {
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        text.append((char) ('a' + id));
      }
      listener.onEvent(new GenerationEvent.Tokens(next, TokenIds.of(ids), text.toString()));
      next += ids.length;
    }

    /** Sends one token with its log-probability and the best ones. */
    public void token(int id, Logprobs logprobs) {
      listener.onEvent(new GenerationEvent.Tokens(next++, TokenIds.of(id), "x", List.of(logprobs)));
    }

    /** Ends the answer, in words or as calls of tools. */
    public void finish(FinishReason reason, ToolCall... calls) {
      listener.onEvent(
          new GenerationEvent.Finished(
              reason,
              new GenerationEvent.Usage(PROMPT_TOKENS, 1, next),
              new GenerationEvent.Timings(
                  Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)),
              List.of(calls)));
    }

    /** Leaves a hole. */
    public void skipTo(int sequence) {
      next = sequence;
    }

    /** Fails the answer. */
    public void fail(String code, String message) {
      listener.onEvent(new GenerationEvent.Failed(code, message));
    }

    @Override
    public int promptTokens() {
      return PROMPT_TOKENS;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "tiny", "scripted", modelHash, "template-1", 100, 50, Set.of(), adapters);
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

  /** Loses its device: every call that was not ended fails with it. */
  public void loseDevice() {
    fault = Optional.of("Xid 79");
    List.copyOf(calls).forEach(call -> call.fail(Engine.DEVICE_LOST, "Xid 79"));
  }

  /** Gets a device again, as a restarted process does. */
  public void getDevice() {
    fault = Optional.empty();
  }

  @Override
  public Optional<String> fault() {
    return fault;
  }

  @Override
  public EngineLoad load() {
    return new EngineLoad(running, 0, slots, 0, 10);
  }

  @Override
  public void close() {}
}
