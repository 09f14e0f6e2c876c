package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.DeviceFailureException;
import dev.chasqui.engine.api.EngineLoad;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.schedule.Chunk;
import dev.chasqui.engine.schedule.Scheduler;
import dev.chasqui.engine.schedule.Sequence;
import dev.chasqui.engine.schedule.StepPlan;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The engine's thread: drain the inbox, plan a step, run one forward call for all sequences, hand
 * out the logits; park when there is nothing to do.
 *
 * <p>{@link #open}, {@link #closed}, {@link #submit}, {@link #cancel}, {@link #load} and {@link
 * #stop} may be called from other threads; all else belongs to the loop's own. An exception of the
 * model fails the tasks of that step; a lost device, an {@link Error}, or an exception of the loop
 * itself, all tasks from then on.
 */
final class EngineLoop implements Runnable {

  private static final System.Logger LOG = System.getLogger(EngineLoop.class.getName());

  private final Forward model;
  private final Scheduler scheduler;
  private final StepReporter reporter;
  private final InstantSource clock;
  private final ComputedRow row;
  private final OpenTasks tasks;
  private final AtomicInteger openCalls = new AtomicInteger();
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread thread;
  private volatile boolean stopping;
  private volatile Optional<String> fault = Optional.empty();

  EngineLoop(
      Forward model, int outputs, Scheduler scheduler, StepReporter reporter, InstantSource clock) {
    this.model = model;
    this.row = new ComputedRow(outputs);
    this.scheduler = scheduler;
    this.reporter = reporter;
    this.clock = clock;
    this.tasks = new OpenTasks(scheduler);
  }

  /** Counts a call that will be {@link #submit submitted}. */
  void open() {
    openCalls.incrementAndGet();
  }

  /** Counts a call out, before its terminal event is told. */
  void closed() {
    openCalls.decrementAndGet();
  }

  /** Hands a prepared call over. */
  void submit(Task task) {
    post(() -> tasks.begin(task));
  }

  /** Ends a call within one step. */
  void cancel(OpenCall call) {
    post(() -> tasks.end(call, Task::cancel));
  }

  /** Returns how busy the loop was after its last step. */
  EngineLoad load() {
    return reporter.load(openCalls.get());
  }

  /** Returns why all calls fail, if they do; from any thread. */
  Optional<String> fault() {
    return fault;
  }

  /** Ends the thread after the step that runs now; open calls hear no more. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopping) {
      if (!turn() && inbox.isEmpty() && !stopping) {
        LockSupport.park(this);
      }
    }
  }

  private void post(Runnable message) {
    inbox.add(message);
    LockSupport.unpark(thread);
  }

  /** Does what there is to do until one step is computed; false if none was. */
  boolean turn() {
    try {
      drain();
      tasks.expire(clock.instant());
      return !tasks.isBroken() && step();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the engine broke down: all calls fail from now on", e);
      Failure failure = Failure.ofEngine(e);
      fault = Optional.of(failure.message());
      tasks.breakDown(failure);
      return true;
    } finally {
      reporter.onTurn();
    }
  }

  private void drain() {
    for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
      message.run();
    }
  }

  private boolean step() {
    long startNanos = System.nanoTime();
    StepPlan plan = scheduler.plan();
    if (plan.isEmpty()) {
      return false;
    }
    plan.chunks().forEach(chunk -> tasks.onStep(chunk.sequence()));
    Logits logits;
    try {
      logits = model.forward(StepBatch.of(plan));
    } catch (DeviceFailureException e) {
      throw e; // no later step can work: all tasks end now, so that they can go on elsewhere
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the model failed in a step: its sequences fail", e);
      plan.chunks().forEach(chunk -> tasks.fail(chunk.sequence(), Failure.ofEngine(e)));
      return true;
    }
    scheduler.advance(plan);
    handOut(plan, logits);
    int acceptedDrafts = scheduler.settle(plan);
    reporter.onStep(plan, acceptedDrafts, startNanos);
    return true;
  }

  private void handOut(StepPlan plan, Logits logits) {
    int logitRow = 0;
    for (Chunk chunk : plan.chunks()) {
      int from = chunk.logitsFrom();
      handOut(chunk, from, logits, logitRow);
      logitRow += chunk.end() - from;
      if (chunk.end() == chunk.sequence().length()) {
        tasks.onComputed(chunk.sequence());
      }
    }
  }

  /** What a position says holds only if what was computed before it is what the task drew there. */
  private void handOut(Chunk chunk, int from, Logits logits, int firstRow) {
    Sequence sequence = chunk.sequence();
    for (int position = from; position < Math.min(chunk.end(), sequence.computed()); position++) {
      tasks.onLogits(sequence, position, row.at(logits, firstRow + position - from));
    }
  }
}
