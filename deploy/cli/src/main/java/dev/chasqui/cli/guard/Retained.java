package dev.chasqui.cli.guard;

import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.classifier.Subject;
import java.util.Optional;

/**
 * A text that was judged once and can be judged again.
 *
 * @param recorded the verdict of that time
 * @param subject the text with its conversation
 * @param tail the end of a long answer with its conversation, for a guard that cannot read all;
 *     empty for a prompt
 */
record Retained(SafetyVerdict recorded, Subject subject, Optional<Subject> tail) {}
