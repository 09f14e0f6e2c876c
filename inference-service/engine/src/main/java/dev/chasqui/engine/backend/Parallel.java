package dev.chasqui.engine.backend;

import java.util.function.IntConsumer;

/** Runs independent tasks, on as many threads as it has. */
@FunctionalInterface
public interface Parallel {

  /** All tasks on the calling thread. */
  Parallel SERIAL =
      (tasks, body) -> {
        for (int task = 0; task < tasks; task++) {
          body.accept(task);
        }
      };

  /**
   * Runs tasks 0 to tasks - 1, in any order, and returns when all are done; what they wrote is
   * visible to the caller.
   *
   * @param tasks number of tasks
   * @param body runs one of them; throws through to the caller
   */
  void run(int tasks, IntConsumer body);
}
