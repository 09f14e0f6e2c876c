/**
 * Backend {@code vector}: the maths of the transformer on the Java Vector API.
 *
 * <p>In come weights as tensors, packed once at load into groups of 16 interleaved rows, and the
 * activations of a step; out go activations. Every value is computed by the same float32 operations
 * in the same order whatever shares its step, so a row has the same bits alone and in a batch,
 * prefilled and decoded. Called by the one thread that owns the session; the work is shared out to
 * the session's own daemon threads.
 */
@NullMarked
package dev.chasqui.engine.backend.vector;

import org.jspecify.annotations.NullMarked;
