package dev.chasqui.engine.api;

import java.util.Optional;

/**
 * A loaded Llama model that answers many requests at once.
 *
 * <p>Calls may come from any thread and return without waiting for the model. Listeners are called
 * on the engine's thread, in the order of the events of one request, and must not block.
 */
public interface Engine extends AutoCloseable {

  /** Code of a failure that is the device's, not the request's. */
  String DEVICE_LOST = "device-lost";

  /** Returns what is loaded. */
  ModelDescription model();

  /**
   * Starts an answer. Whatever is wrong with the request is reported as {@link
   * GenerationEvent.Failed}; exactly one terminal event is sent, unless the engine is closed first.
   *
   * @param request what to generate; committed tokens in it are not sent again
   * @param listener gets the events
   * @return the running call, to cancel it
   */
  EngineCall generate(GenerationRequest request, GenerationListener listener);

  /**
   * Scores continuations of a prompt without generating anything; goes before prefills of answers.
   *
   * @param request what to score
   * @param listener gets exactly one event, unless the engine is closed first
   * @return the running call, to cancel it
   */
  EngineCall score(ScoreRequest request, ScoreListener listener);

  /**
   * Scores a text with a classifier head; goes before prefills of answers. An engine of a language
   * model says at once that it has no such head.
   *
   * @param request what to score
   * @param listener gets exactly one event, unless the engine is closed first
   * @return the running call, to cancel it
   */
  default EngineCall classify(ClassificationRequest request, ClassificationListener listener) {
    listener.onEvent(
        new ClassificationEvent.Failed("not-supported", "this engine has no classifier head"));
    return () -> {};
  }

  /** Returns how busy the engine is at this moment. */
  EngineLoad load();

  /**
   * Returns why the engine computes nothing any more, for good; empty while it does. Calls fail at
   * once from then on, with the code {@link #DEVICE_LOST} where the device is at fault: then
   * another engine of the same model can go on with them.
   */
  default Optional<String> fault() {
    return Optional.empty();
  }

  /** Ends the engine's thread within one step and frees the model; open calls get no event. */
  @Override
  void close();
}
