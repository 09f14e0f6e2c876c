package dev.chasqui.engine.api;

/** Gets the result of one classification request, on the engine's thread. */
@FunctionalInterface
public interface ClassificationListener {

  /**
   * Takes the result; must not block.
   *
   * @param event the labels, or why there are none
   */
  void onEvent(ClassificationEvent event);
}
