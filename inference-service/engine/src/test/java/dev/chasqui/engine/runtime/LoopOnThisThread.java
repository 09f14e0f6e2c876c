package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.sample.Sampler;
import dev.chasqui.engine.schedule.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An engine without threads: what was handed in before it runs is there at its first step. */
final class LoopOnThisThread implements AutoCloseable {

  final LoadedModel model;
  final KvCache cache;
  final List<Step> steps = new ArrayList<>();
  final List<EngineListener.StepReport> reports = new ArrayList<>();
  Forward forward;
  Instant now = Instant.ofEpochSecond(1_000);
  private final Scheduler scheduler;
  private final EngineLoop loop;
  private final Preparation preparation;
  private int open;

  /** Guesses nothing, so that tests can count steps. */
  LoopOnThisThread(EngineOptions options) {
    this(options, (wanted, tokens) -> Drafter.NONE);
  }

  LoopOnThisThread(EngineOptions options, Drafters drafters) {
    this(LoadedModel.open(options), options.batch(), drafters);
  }

  /** Owns the model. */
  LoopOnThisThread(LoadedModel model, EngineOptions.Batch batch, Drafters drafters) {
    this.model = model;
    forward = model::forward;
    cache = new KvCache(model.kvShape().blocks(), model.kvShape().blockSizeTokens());
    scheduler =
        new Scheduler(
            cache,
            new Scheduler.Limits(
                batch.maxSequences(),
                batch.prefillTokens(),
                batch.decodeRows(),
                model.stableLength()));
    EngineListener listener =
        new EngineListener() {
          @Override
          public void onStep(StepReport step) {
            reports.add(step);
          }
        };
    loop =
        new EngineLoop(
            step -> {
              steps.add(step);
              return forward.forward(step);
            },
            model.vocabularySize(),
            scheduler,
            new StepReporter(cache, scheduler, batch.maxSequences(), listener),
            () -> now);
    preparation = new Preparation(model, new Sampler(model.vocabularySize()), listener, drafters);
  }

  /** Hands a request in. */
  OpenCall generate(GenerationRequest request, GenerationListener listener) {
    OpenCall call = new OpenCall(loop::cancel);
    open++;
    loop.open();
    loop.submit(
        preparation.answer(
            call,
            request,
            event -> {
              Guarded.run(() -> listener.onEvent(event));
              switch (event) {
                case GenerationEvent.Tokens tokens -> {}
                case GenerationEvent.Finished finished -> closed();
                case GenerationEvent.Failed failed -> closed();
              }
            }));
    return call;
  }

  void score(ScoreRequest request, ScoreListener listener) {
    OpenCall call = new OpenCall(loop::cancel);
    open++;
    loop.open();
    loop.submit(
        preparation.score(
            call,
            request,
            event -> {
              listener.onEvent(event);
              closed();
            }));
  }

  /** Runs until all calls have ended. */
  void run() {
    while (open > 0) {
      loop.turn();
    }
  }

  int sequences() {
    return scheduler.running();
  }

  private void closed() {
    open--;
  }

  @Override
  public void close() {
    model.close();
  }
}
