/**
 * Draws tokens and decides when an answer ends.
 *
 * <p>In go a row of logits, or a token with the text that became certain with it; out come a token
 * id, or the text that may be released and the finish reason. Everything belongs to the engine's
 * thread. What an answer carries along ({@link dev.chasqui.engine.sample.AnswerDraw}, {@link
 * dev.chasqui.engine.sample.StopDetector}) is rebuilt by replaying its token ids.
 */
@NullMarked
package dev.chasqui.engine.sample;

import org.jspecify.annotations.NullMarked;
