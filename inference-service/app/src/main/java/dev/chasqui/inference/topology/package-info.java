/**
 * The generation topology: from admitted requests to tokens.
 *
 * <p>In come admissions and stops from {@code admitted.<pool>}; out go, to {@code generations}, for
 * each request {@code started}, tokens without hole or repeat, and one terminal event. Two stores:
 * {@code requests} holds an admission from its arrival to its end, {@code progress} the token ids
 * that were made known. A {@link dev.chasqui.inference.topology.GenerationTask} does it all on its
 * stream thread, by the pattern of {@link dev.chasqui.stream}; engines answer on theirs, into its
 * mailbox.
 *
 * <p>A request may ask for several answers. Each of these choices is a call of its own to the
 * engine and has its own tokens and progress; the request waits for room once, and ends when all
 * have.
 *
 * <p>A cancellation that comes when its answer has ended is passed on behind the end, as {@code
 * stop-missed}: what is held back behind the guard can still be ended, and only there. The guard's
 * own stops need no such echo.
 *
 * <p>{@code started} is committed with the first tokens, or with the terminal event where there are
 * none. So a stored request has been started exactly if it has progress.
 */
@NullMarked
package dev.chasqui.inference.topology;

import org.jspecify.annotations.NullMarked;
