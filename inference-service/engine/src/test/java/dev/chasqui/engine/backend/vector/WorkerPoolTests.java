package dev.chasqui.engine.backend.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTests {

  @Test
  void runsEveryChunkOnceJobAfterJob() {
    try (WorkerPool pool = new WorkerPool(4, "test")) {
      for (int round = 0; round < 20_000; round++) {
        int chunks = round % 7;
        AtomicIntegerArray runs = new AtomicIntegerArray(7);

        pool.run(chunks, (chunk, worker) -> runs.incrementAndGet(chunk));

        for (int chunk = 0; chunk < 7; chunk++) {
          assertThat(runs.get(chunk)).isEqualTo(chunk < chunks ? 1 : 0);
        }
      }
    }
  }

  @Test
  void usesAllThreadsUnderTheirOwnNumbers() {
    try (WorkerPool pool = new WorkerPool(3, "test")) {
      Set<String> seen = ConcurrentHashMap.newKeySet();
      CountDownLatch allCame = new CountDownLatch(3);

      pool.run(
          3,
          (chunk, worker) -> {
            seen.add(worker + " " + (worker == 0 ? "" : Thread.currentThread().getName()));
            allCame.countDown();
            await(allCame);
          });

      assertThat(seen).containsExactlyInAnyOrder("0 ", "1 test-1", "2 test-2");
    }
  }

  @Test
  void wakesThreadsThatParked() {
    try (WorkerPool pool = new WorkerPool(2, "test")) {
      for (int round = 0; round < 50; round++) {
        LockSupport.parkNanos(1_000_000);
        CountDownLatch bothCame = new CountDownLatch(2);
        pool.run(
            2,
            (chunk, worker) -> {
              bothCame.countDown();
              await(bothCame);
            });
      }
    }
  }

  @Test
  void passesOnWhatAChunkThrew() {
    try (WorkerPool pool = new WorkerPool(2, "test")) {
      assertThatThrownBy(() ->
              pool.run(
                  8,
                  (chunk, worker) -> {
                    if (chunk == 5) {
                      throw new ArithmeticException("five");
                    }
                  }))
          .hasRootCauseInstanceOf(ArithmeticException.class)
          .hasMessageContaining("five");
      pool.run(8, (chunk, worker) -> {});
    }
  }

  @Test
  void endsItsThreads() {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    CountDownLatch bothCame = new CountDownLatch(2);
    WorkerPool pool = new WorkerPool(2, "test");
    pool.run(
        2,
        (chunk, worker) -> {
          workers.add(Thread.currentThread());
          bothCame.countDown();
          await(bothCame);
        });

    pool.close();

    workers.remove(Thread.currentThread());
    assertThat(workers).hasSize(1).allMatch(Thread::isDaemon).noneMatch(Thread::isAlive);
  }

  @Test
  void refusesToHaveNoThread() {
    assertThatThrownBy(() -> new WorkerPool(0, "test")).hasMessageContaining("threads are 0");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
