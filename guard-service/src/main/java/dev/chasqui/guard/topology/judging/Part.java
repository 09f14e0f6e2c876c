package dev.chasqui.guard.topology.judging;

import dev.chasqui.guard.classifier.Subject;

/**
 * A text that a conversation brings along and that is judged apart, in the same judging.
 *
 * @param name where it stands, for example {@code documents[0]}
 * @param subject the text as a turn of its own
 */
public record Part(String name, Subject subject) {

  /** Returns the text. */
  public String text() {
    return subject.turns().getLast().content();
  }
}
