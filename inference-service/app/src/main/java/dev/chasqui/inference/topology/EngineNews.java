package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;

/** What other threads tell a {@link GenerationTask}, through its mailbox. */
sealed interface EngineNews {

  /** The answer it is about; an ended one hears nothing more. */
  Answer answer();

  /** A waiting request may go to an engine. */
  record Turn(Answer answer) implements EngineNews {}

  /** An engine said something of one choice. */
  record Said(Choice choice, GenerationEvent event) implements EngineNews {

    @Override
    public Answer answer() {
      return choice.answer();
    }
  }
}
