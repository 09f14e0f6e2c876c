package dev.chasqui.stream;

import java.time.Instant;

/**
 * Asks Kafka Streams for commits on behalf of one task, at its {@link CommitPace}.
 *
 * <p>What is written after a quiet time is committed at once; what follows waits for the interval.
 * An urgent write waits a fifth of it at most. Asking is all that a task can do: the commit happens
 * after the current record or turn and covers all tasks of the thread.
 */
public final class CommitPacer {

  private final CommitPace pace;
  private final Runnable commitRequest;
  private boolean pending;
  private boolean urgent;

  CommitPacer(CommitPace pace, Runnable commitRequest) {
    this.pace = pace;
    this.commitRequest = commitRequest;
  }

  /** Says that the open transaction holds something that may wait for the interval. */
  public void wrote() {
    pending = true;
  }

  /** Says that the open transaction holds something that somebody waits for, such as a final. */
  public void wroteFinal() {
    pending = true;
    urgent = true;
  }

  void settle(Instant now) {
    if (pending && pace.claim(now, urgent)) {
      pending = false;
      urgent = false;
      commitRequest.run();
    }
  }
}
