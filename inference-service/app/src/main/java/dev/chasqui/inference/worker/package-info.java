/**
 * The workers of a pool: one engine for each device and model.
 *
 * <p>In come generation requests that have their turn, out go calls to the least loaded engine of
 * the model. The turn itself is given by one {@link dev.chasqui.stream.Turnstile} a model, for all
 * stream tasks of the process. Safe from any thread; engines call back on their own threads.
 */
@NullMarked
package dev.chasqui.inference.worker;

import org.jspecify.annotations.NullMarked;
