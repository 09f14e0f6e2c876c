/**
 * Between the guard's own values and the events on the wire.
 *
 * <p>In come policies, verdicts and conversations; out go Avro events, built with a request's
 * address and the clock, and written where they fit. Belongs to the stream thread.
 */
@NullMarked
package dev.chasqui.guard.topology.wire;

import org.jspecify.annotations.NullMarked;
