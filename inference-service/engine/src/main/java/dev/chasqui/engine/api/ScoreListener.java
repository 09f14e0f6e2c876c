package dev.chasqui.engine.api;

/** Gets the result of one score request, on the engine's thread. */
@FunctionalInterface
public interface ScoreListener {

  /**
   * Takes the result; must not block.
   *
   * @param event the probabilities, or why there are none
   */
  void onEvent(ScoreEvent event);
}
