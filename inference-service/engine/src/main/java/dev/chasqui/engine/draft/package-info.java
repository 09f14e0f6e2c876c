/**
 * Guesses how sequences go on, so that one step can verify several tokens of an answer.
 *
 * <p>In come the tokens of a sequence; out go guesses of its next ones, and back comes how many of
 * them were right. A guess is never more than that: each token is drawn from the model's own logits
 * as without guesses, and a wrong one costs a row of the step. Everything belongs to the engine's
 * thread.
 */
@NullMarked
package dev.chasqui.engine.draft;

import org.jspecify.annotations.NullMarked;
