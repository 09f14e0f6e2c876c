package dev.chasqui.engine.api;

/** Gets the events of one answer, on the engine's thread. */
@FunctionalInterface
public interface GenerationListener {

  /**
   * Takes an event; must not block.
   *
   * @param event tokens or the terminal event
   */
  void onEvent(GenerationEvent event);
}
