package dev.chasqui.engine.backend.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one session: they share out the chunks of one job after another, first come first
 * served, together with the thread that calls {@link #run}.
 *
 * <p>A job lasts microseconds and the next follows at once, so a thread without work spins for a
 * while before it parks. Owned by the one thread that calls {@code run} and {@code close}.
 */
final class WorkerPool implements AutoCloseable {

  /** A part of the work; {@code worker} is 0 for the calling thread. */
  @FunctionalInterface
  interface Job {
    void run(int chunk, int worker);
  }

  private static final long SPIN_NANOS = 40_000;
  private static final int SPINS_PER_LOOK = 64;

  /** Fields of {@link #state}: epoch (24 bits), chunks (20 bits), next chunk (20 bits). */
  private static final int CHUNK_BITS = 20;

  private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;

  private final Worker[] workers;

  /**
   * Epoch, number of chunks and the next one to take, in one word: taking a chunk by
   * compare-and-set proves that the job read before it is still the current one.
   */
  private final AtomicLong state = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile Job job = (chunk, worker) -> {};
  private volatile @Nullable Thread waiting;
  private volatile boolean closed;

  WorkerPool(int threads, String name) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads are " + threads + ": at least 1 is needed");
    }
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1, name + "-" + (i + 1));
    }
    for (Worker worker : workers) {
      worker.start();
    }
  }

  /** Returns the threads that take part, the calling one included. */
  int threads() {
    return workers.length + 1;
  }

  /** Runs chunks 0 to {@code chunks - 1} of the job and returns when all are done. */
  void run(int chunks, Job work) {
    if (chunks <= 1 || workers.length == 0) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        work.run(chunk, 0);
      }
      return;
    }
    publish(chunks, work);
    while (takeChunk(0)) {}
    awaitOthers();
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException("a worker thread failed: " + thrown, thrown);
    }
  }

  private void publish(int chunks, Job work) {
    if (chunks > CHUNK_MASK) {
      throw new IllegalArgumentException(chunks + " chunks, at most " + CHUNK_MASK);
    }
    job = work;
    unfinished.set(chunks);
    long epoch = (state.get() >>> 2 * CHUNK_BITS) + 1;
    state.set(epoch << 2 * CHUNK_BITS | (long) chunks << CHUNK_BITS);
    for (int i = 0; i < Math.min(workers.length, chunks - 1); i++) {
      workers[i].wake();
    }
  }

  /** Runs the next chunk of the current job; false if there is none. */
  private boolean takeChunk(int worker) {
    while (true) {
      long seen = state.get();
      int chunk = (int) (seen & CHUNK_MASK);
      if (chunk >= (seen >>> CHUNK_BITS & CHUNK_MASK)) {
        return false;
      }
      Job current = job;
      if (state.compareAndSet(seen, seen + 1)) {
        runChunk(current, chunk, worker);
        return true;
      }
    }
  }

  private void runChunk(Job current, int chunk, int worker) {
    try {
      current.run(chunk, worker);
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    } finally {
      if (unfinished.decrementAndGet() == 0) {
        LockSupport.unpark(waiting);
      }
    }
  }

  private void awaitOthers() {
    spinWhile(() -> unfinished.get() > 0);
    waiting = Thread.currentThread();
    while (unfinished.get() > 0) {
      LockSupport.park(this);
    }
    waiting = null;
  }

  private static void spinWhile(BooleanSupplier busy) {
    long deadline = System.nanoTime() + SPIN_NANOS;
    for (int spins = 1; busy.getAsBoolean(); spins++) {
      Thread.onSpinWait();
      if (spins % SPINS_PER_LOOK == 0 && System.nanoTime() - deadline >= 0) {
        return;
      }
    }
  }

  private boolean idle() {
    long seen = state.get();
    return (seen & CHUNK_MASK) >= (seen >>> CHUNK_BITS & CHUNK_MASK) && !closed;
  }

  /** Ends the threads; no job may be running. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker extends Thread {

    private final int index;
    private volatile boolean parked;

    Worker(int index, String name) {
      super(name);
      this.index = index;
      setDaemon(true);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      while (!closed) {
        while (takeChunk(index)) {}
        spinWhile(WorkerPool.this::idle);
        parked = true;
        while (idle()) {
          LockSupport.park(WorkerPool.this);
        }
        parked = false;
      }
    }
  }
}
