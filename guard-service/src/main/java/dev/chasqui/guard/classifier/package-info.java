/**
 * Asks a guard model whether a text is safe.
 *
 * <p>In come a conversation, whose last turn is to be judged, and a policy; out goes one {@link
 * dev.chasqui.guard.verdict.Verdict}, on the engine's thread. Nothing here waits, and nothing is
 * decoded: the verdict is read off the probabilities of the two whole verdict strings.
 */
@NullMarked
package dev.chasqui.guard.classifier;

import org.jspecify.annotations.NullMarked;
