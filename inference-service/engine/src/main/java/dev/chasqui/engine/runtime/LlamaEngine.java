package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.BackendUnavailableException;
import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.api.ClassificationListener;
import dev.chasqui.engine.api.ClassificationRequest;
import dev.chasqui.engine.api.Engine;
import dev.chasqui.engine.api.EngineCall;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationListener;
import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.ScoreListener;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.sample.Sampler;
import dev.chasqui.engine.schedule.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A Llama model that answers many requests at once, in one forward call a step.
 *
 * <p>Owns its model, one thread that prepares requests and one that computes.
 */
public final class LlamaEngine implements Engine {

  private final LoadedModel model;
  private final Preparation preparation;
  private final EngineLoop loop;
  private final Thread thread;
  private final ExecutorService preparing;

  private LlamaEngine(LoadedModel model, Preparation preparation, EngineLoop loop) {
    this.model = model;
    this.preparation = preparation;
    this.loop = loop;
    this.thread = Thread.ofPlatform().daemon().name("chasqui-engine").unstarted(this::runLoop);
    this.preparing =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("chasqui-prepare").factory());
  }

  /**
   * Opens a model and starts its engine.
   *
   * @param options what to open and how
   * @param listener hears what the engine does
   * @return the running engine; the caller closes it
   * @throws CheckpointException if the model cannot be read
   * @throws BackendUnavailableException if the backend does not work here
   */
  public static LlamaEngine open(EngineOptions options, EngineListener listener) {
    return start(LoadedModel.open(options), options.batch(), listener);
  }

  /**
   * Opens a model and starts its engine, without metrics.
   *
   * @param options what to open and how
   * @return the running engine; the caller closes it
   * @throws CheckpointException if the model cannot be read
   * @throws BackendUnavailableException if the backend does not work here
   */
  public static LlamaEngine open(EngineOptions options) {
    return open(options, EngineListener.SILENT);
  }

  /**
   * Opens a model and starts its engine once its kernels run at full speed; for services, whose
   * first requests would else wait for the compiler of this JVM.
   *
   * @param options what to open and how
   * @param listener hears what the engine does
   * @param atMost how long warming up may take, about
   * @return the running engine; the caller closes it
   * @throws CheckpointException if the model cannot be read
   * @throws BackendUnavailableException if the backend does not work here
   */
  public static LlamaEngine openWarm(
      EngineOptions options, EngineListener listener, Duration atMost) {
    LoadedModel model = LoadedModel.open(options);
    try {
      model.warmUp(atMost);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
    return start(model, options.batch(), listener);
  }

  /**
   * Starts an engine on a model.
   *
   * @param model owned by the engine from now on, and closed with it
   * @param batch what one step may hold
   * @param listener hears what the engine does
   * @return the running engine; the caller closes it
   */
  public static LlamaEngine start(
      LoadedModel model, EngineOptions.Batch batch, EngineListener listener) {
    return start(model, batch, listener, new Seams(model::forward, InstantSource.system()));
  }

  /**
   * What tests replace.
   *
   * @param forward the call into the model
   * @param clock tells when deadlines pass
   */
  record Seams(Forward forward, InstantSource clock) {}

  static LlamaEngine start(
      LoadedModel model, EngineOptions.Batch batch, EngineListener listener, Seams seams) {
    EngineListener metrics = new GuardedListener(listener);
    KvCache cache = new KvCache(model.kvShape().blocks(), model.kvShape().blockSizeTokens());
    Scheduler scheduler =
        new Scheduler(
            cache,
            new Scheduler.Limits(
                batch.maxSequences(),
                batch.prefillTokens(),
                batch.decodeRows(),
                model.stableLength()));
    StepReporter reporter = new StepReporter(cache, scheduler, batch.maxSequences(), metrics);
    EngineLoop loop =
        new EngineLoop(seams.forward(), model.outputs(), scheduler, reporter, seams.clock());
    Sampler sampler = new Sampler(model.vocabularySize());
    LlamaEngine engine =
        new LlamaEngine(model, new Preparation(model, sampler, metrics, drafters(model)), loop);
    engine.thread.start();
    return engine;
  }

  private static Drafters drafters(LoadedModel model) {
    return model.draft().map(DraftModel::new).map(Drafters::with).orElse(Drafters.LOOKUP);
  }

  @Override
  public ModelDescription model() {
    return model.description();
  }

  /** Returns the model, to tokenize with; its thread is the engine's. */
  public LoadedModel loaded() {
    return model;
  }

  @Override
  public EngineCall generate(GenerationRequest request, GenerationListener listener) {
    GenerationListener guarded =
        event -> {
          if (!(event instanceof GenerationEvent.Tokens)) {
            loop.closed();
          }
          Guarded.run(() -> listener.onEvent(event));
        };
    OpenCall call = new OpenCall(loop::cancel);
    return opened(call, () -> preparation.answer(call, request, guarded));
  }

  @Override
  public EngineCall score(ScoreRequest request, ScoreListener listener) {
    ScoreListener guarded =
        event -> {
          loop.closed();
          Guarded.run(() -> listener.onEvent(event));
        };
    OpenCall call = new OpenCall(loop::cancel);
    return opened(call, () -> preparation.score(call, request, guarded));
  }

  @Override
  public EngineCall classify(ClassificationRequest request, ClassificationListener listener) {
    ClassificationListener guarded =
        event -> {
          loop.closed();
          Guarded.run(() -> listener.onEvent(event));
        };
    OpenCall call = new OpenCall(loop::cancel);
    return opened(call, () -> preparation.classification(call, request, guarded));
  }

  @Override
  public EngineLoad load() {
    return loop.load();
  }

  @Override
  public Optional<String> fault() {
    return loop.fault();
  }

  @Override
  public void close() {
    preparing.shutdownNow();
    loop.stop();
    if (Thread.currentThread() != thread) {
      joinLoop();
    }
  }

  /** Returns what the engine's thread does. */
  Thread.State threadState() {
    return thread.getState();
  }

  private EngineCall opened(OpenCall call, Supplier<Task> prepared) {
    loop.open();
    try {
      preparing.execute(() -> loop.submit(prepared.get()));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the engine is closed: it takes no more calls", e);
    }
    return call;
  }

  private void runLoop() {
    try {
      loop.run();
    } finally {
      model.close();
    }
  }

  private void joinLoop() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
