/**
 * The oracle: plain float32 loops in the order of the formulas, on the calling thread.
 *
 * <p>Weights are never repacked: rows of the mapped tensors are dequantised as they are used. Sums
 * of products run in four interleaved float32 partial sums, whatever else is in the step, so that a
 * row's result is the same bit for bit alone and in company. All other backends are held to this
 * one.
 */
@NullMarked
package dev.chasqui.engine.backend.scalar;

import org.jspecify.annotations.NullMarked;
