package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.stream.Measured;
import java.util.List;
import java.util.Locale;

/** How an answer ends. */
sealed interface Ending {

  /** Returns a word for logs and metrics: a finish reason in lower case, or a failure's code. */
  String outcome();

  /**
   * With a finish reason.
   *
   * @param finished what the engine says, or we in its place; of several choices the first one's
   *     reason and what all of them took
   * @param choices how each choice ended, in their order
   * @param stopReason why it was stopped; empty where it was not
   */
  record Finished(
      GenerationEvent.Finished finished, List<GenerationEvent.Finished> choices, String stopReason)
      implements Ending {

    /** Copies the list. */
    public Finished {
      choices = List.copyOf(choices);
    }

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
