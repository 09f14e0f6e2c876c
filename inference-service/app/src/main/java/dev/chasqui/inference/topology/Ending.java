package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.stream.Measured;
import java.util.Locale;

/** How an answer ends. */
sealed interface Ending {

  /** Returns a word for logs and metrics: a finish reason in lower case, or a failure's code. */
  String outcome();

  /**
   * With a finish reason.
   *
   * @param finished what the engine says, or we in its place
   * @param stopReason why it was stopped; empty where it was not
   */
  record Finished(GenerationEvent.Finished finished, String stopReason) implements Ending {

    @Override
    public String outcome() {
      return finished.reason().name().toLowerCase(Locale.ROOT);
    }
  }

  /** With a failure. */
  record Failed(String code, String message) implements Ending {

    static Failed tooLarge(Measured.TooLarge measured, String what) {
      return new Failed("request-too-large", measured.message(what));
    }

    @Override
    public String outcome() {
      return code;
    }
  }
}
