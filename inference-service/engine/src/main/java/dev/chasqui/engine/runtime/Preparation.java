package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.ClassificationEvent;
import dev.chasqui.engine.api.ClassificationListener;
import dev.chasqui.engine.api.ClassificationRequest;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.ScoreEvent;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.engine.grammar.GrammarCursor;
import dev.chasqui.engine.kvcache.PrefixScope;
import dev.chasqui.engine.sample.AnswerDraw;
import dev.chasqui.engine.sample.Sampler;
import dev.chasqui.engine.sample.StopDetector;
import dev.chasqui.engine.schedule.Growth;
import dev.chasqui.engine.schedule.Sequence;
import dev.chasqui.engine.schedule.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes tasks of requests: renders, tokenizes, checks, replays what was committed. Runs on a thread
 * of its own, so that neither callers nor the loop wait for a long prompt.
 */
final class Preparation {

  private static final System.Logger LOG = System.getLogger(Preparation.class.getName());

  private final LoadedModel model;
  private final Sampler sampler;
  private final EngineListener metrics;
  private final Drafters drafters;
  private long arrivals;

  /**
   * Makes a preparation.
   *
   * @param model whose tokenizer and limits hold
   * @param sampler the loop's: passed on, not used here
   * @param metrics the engine's listener: passed on
   * @param drafters who guesses tokens
   */
  Preparation(LoadedModel model, Sampler sampler, EngineListener metrics, Drafters drafters) {
    this.model = model;
    this.sampler = sampler;
    this.metrics = metrics;
    this.drafters = drafters;
  }

  /** Returns the task of an answer; one that fails if the request cannot be served. */
  Task answer(OpenCall call, GenerationRequest request, GenerationListener listener) {
    return preparedOrFailed(
        call,
        () -> new AnswerTask(call, parts(request), sampler, listener, metrics),
        failure -> listener.onEvent(new GenerationEvent.Failed(failure.code(), failure.message())));
  }

  /** Returns the task of a classification; one that fails if the request cannot be served. */
  Task classification(
      OpenCall call, ClassificationRequest request, ClassificationListener listener) {
    return preparedOrFailed(
        call,
        () -> {
          Urgency urgency =
              new Urgency(Urgency.Kind.SCORE, 0, Optional.empty(), request.tenant(), arrivals++);
          int[] ids = model.encodeToClassify(request.prompt()).toArray();
          PrefixScope scope = scope(request.tenant(), Optional.empty());
          Sequence sequence = Sequence.scored(urgency, scope, ids, ids.length - 1);
          return new ClassificationTask(call, sequence, listener);
        },
        failure ->
            listener.onEvent(new ClassificationEvent.Failed(failure.code(), failure.message())));
  }

  /** Returns the task of a score; one that fails if the request cannot be served. */
  Task score(OpenCall call, ScoreRequest request, ScoreListener listener) {
    return preparedOrFailed(
        call,
        () -> {
          Urgency urgency =
              new Urgency(Urgency.Kind.SCORE, 0, Optional.empty(), request.tenant(), arrivals++);
          PrefixScope scope = scope(request.tenant(), request.adapter());
          return new ScoreTask(call, continuations(request), urgency, scope, listener);
        },
        failure -> listener.onEvent(new ScoreEvent.Failed(failure.code(), failure.message())));
  }

  private static Task preparedOrFailed(
      OpenCall call, Supplier<Task> prepared, java.util.function.Consumer<Failure> onFailure) {
    try {
      return prepared.get();
    } catch (InvalidRequestException e) {
      return new FailedTask(call, Failure.of(e), onFailure);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a request could not be prepared", e);
      return new FailedTask(call, Failure.ofEngine(e), onFailure);
    }
  }

  private AnswerTask.Parts parts(GenerationRequest request) {
    model.checkIsLanguageModel();
    AnswerDraw.check(request.sampling(), model.vocabularySize());
    TokenIds prompt = model.encodePrompt(request.prompt());
    model.checkIds("committed", request.committed());
    model.checkIds("stop-token-ids", request.stop().tokenIds());
    int room = model.contextLength() - prompt.size();
    if (room < 1) {
      throw tooLong(prompt.size(), "an answer");
    }
    Optional<GrammarCursor> grammar = model.text().grammar(request);
    AnswerDraw draw = new AnswerDraw(request.sampling(), request.id().choice(), prompt, grammar);
    request.committed().stream().forEach(draw::accept);
    StopDetector stop = new StopDetector(request.stop(), model.endTokens(), room);
    AnswerText text =
        new AnswerText(
            model.answerTo(request.prompt()),
            stop,
            grammar,
            model.text().toolCalls(request.prompt()));
    text.replay(request.committed());
    return new AnswerTask.Parts(
        sequence(request, prompt, prompt.size() + Math.min(room, request.stop().maxTokens())),
        draw,
        text,
        prompt.size(),
        request.committed().size(),
        request.id().deadline(),
        request.shape().logprobs());
  }

  private Sequence sequence(GenerationRequest request, TokenIds prompt, int mostTokens) {
    int[] tokens = prompt.plus(request.committed()).toArray();
    Growth growth = new Growth(mostTokens, drafters.drafter(request.speculation(), tokens));
    GenerationRequest.Identity id = request.id();
    Urgency urgency =
        new Urgency(Urgency.Kind.ANSWER, id.priority(), id.deadline(), id.tenant(), arrivals++);
    return Sequence.growing(urgency, scope(id.tenant(), request.adapter()), tokens, growth);
  }

  private PrefixScope scope(String tenant, Optional<String> adapter) {
    return new PrefixScope(tenant, model.adapters().place(adapter));
  }

  private Continuations continuations(ScoreRequest request) {
    model.checkIsLanguageModel();
    TokenIds prompt = model.encodePrompt(request.prompt());
    TokenIds leadIn = model.encode(MarkedText.scaffold(request.leadIn()));
    List<TokenIds> joined = new ArrayList<>();
    for (String continuation : request.continuations()) {
      TokenIds ids = model.encode(MarkedText.scaffold(request.leadIn() + continuation));
      if (continuation.isEmpty() || ids.isEmpty()) {
        throw new InvalidRequestException(
            "continuations",
            "\"" + continuation + "\"",
            "each must have at least one token",
            "Remove it.");
      }
      joined.add(ids);
    }
    Continuations continuations = new Continuations(prompt, leadIn, joined);
    if (continuations.longest() > model.contextLength()) {
      throw tooLong(continuations.longest(), "a score");
    }
    return continuations;
  }

  private InvalidRequestException tooLong(int promptTokens, String what) {
    return new InvalidRequestException(
        "context-length-exceeded",
        "prompt",
        "prompt is %d tokens: the context holds %d, and %s needs room in it. Shorten the prompt, or"
                .formatted(promptTokens, model.contextLength(), what)
            + " open the model with a greater context length.");
  }
}
