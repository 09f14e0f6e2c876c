/**
 * Asks the guard without waiting for it.
 *
 * <p>In come request ids whose text is to be judged; when the guard has room, the text is read and
 * handed over; out go {@link dev.chasqui.guard.topology.judging.Judgement}s, also where the guard
 * fails or keeps silent. {@link dev.chasqui.guard.topology.judging.Judgings} belongs to a stream
 * thread; the engine's thread does no more than send a {@link
 * dev.chasqui.guard.topology.judging.Signal} to its mailbox.
 */
@NullMarked
package dev.chasqui.guard.topology.judging;

import org.jspecify.annotations.NullMarked;
