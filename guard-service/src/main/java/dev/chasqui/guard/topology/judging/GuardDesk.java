package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.stream.Turnstile;
import java.time.Duration;

/**
 * The guard model of a process, shared by all tasks of both topologies. Safe from any thread.
 *
 * @param classifier asks the model
 * @param turnstile lets in as many judgings as the model takes at once
 * @param timeout how long one judging may take before it counts as undecided
 */
public record GuardDesk(Classifier classifier, Turnstile turnstile, Duration timeout) {

  /** Checks the time. */
  public GuardDesk {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "chasqui.guard.timeout is %s: it must be more than zero, for example 30s"
              .formatted(timeout));
    }
  }
}
