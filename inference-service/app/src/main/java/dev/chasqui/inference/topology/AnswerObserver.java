package dev.chasqui.inference.topology;

import java.time.Duration;

/** Hears how answers go, for metrics. Called on stream threads; must not block. */
public interface AnswerObserver {

  /** Hears nothing. */
  AnswerObserver SILENT = new AnswerObserver() {};

  /**
   * Tokens were forwarded.
   *
   * @param model the model that made them
   * @param count how many
   */
  default void tokens(String model, int count) {}

  /**
   * An answer has ended.
   *
   * @param model the model that was asked
   * @param outcome a finish reason in lower case, or the code of a failure
   * @param total from arrival to end
   */
  default void ended(String model, String outcome, Duration total) {}

  /**
   * The first tokens of an answer were forwarded.
   *
   * @param model the model that made them
   * @param sinceArrival from arrival to now
   */
  default void firstToken(String model, Duration sinceArrival) {}
}
