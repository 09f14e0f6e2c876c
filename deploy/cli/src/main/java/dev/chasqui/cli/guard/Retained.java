package dev.chasqui.cli.guard;

import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.topology.wire.CodeFindings;
import java.util.Optional;

/**
 * A text that was judged once and can be judged again.
 *
 * @param recorded the verdict of that time
 * @param subject the text with its conversation; empty where the code scan alone gave the verdict
 * @param tail the end of a long answer with its conversation, for a guard that cannot read all;
 *     empty for a prompt
 * @param code what the code scan finds in it now
 */
record Retained(
    SafetyVerdict recorded, Optional<Subject> subject, Optional<Subject> tail, CodeFindings code) {

  static Retained prompt(SafetyVerdict recorded, Subject subject) {
    return new Retained(recorded, Optional.of(subject), Optional.empty(), CodeFindings.NONE);
  }
}
