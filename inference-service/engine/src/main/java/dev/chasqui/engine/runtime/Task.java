package dev.chasqui.engine.runtime;

import dev.chasqui.engine.sample.LogitRow;
import dev.chasqui.engine.schedule.Sequence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A prepared call on the loop's thread: what it wants computed, and what becomes of the results.
 *
 * <p>Every method that ends the task tells its listener, once.
 */
sealed interface Task permits AnswerTask, ClassificationTask, FailedTask, ScoreTask {

  /** Returns the call that it answers. */
  OpenCall call();

  /**
   * Begins; may end the task at once.
   *
   * @return the sequences to compute, none if there is nothing to compute
   */
  List<Sequence> begin();

  /** Notes that a sequence of this task takes part in a step for the first time. */
  void onFirstStep();

  /**
   * Takes the logits of one position that its sequence asked for.
   *
   * @param sequence one of its sequences
   * @param position the position
   * @param logits valid during the call
   */
  void onLogits(Sequence sequence, int position, LogitRow logits);

  /** Returns whether a sequence has more to compute. */
  boolean needs(Sequence sequence);

  /** Returns whether the listener got its terminal event. */
  boolean isOver();

  /** Ends the task because its caller wants so. */
  void cancel();

  /** Returns when the result is of no more use. */
  Optional<Instant> deadline();

  /** Ends the task because its deadline has passed. */
  void expire();

  /** Ends the task because it cannot be completed. */
  void fail(Failure failure);
}
