/**
 * What a prompt says, whatever form it is given in.
 *
 * <p>In comes a {@link dev.chasqui.events.PromptSubmitted}; out go the turns that a guard has to
 * see. No state; any thread.
 */
@NullMarked
package dev.chasqui.schemas.conversation;

import org.jspecify.annotations.NullMarked;
