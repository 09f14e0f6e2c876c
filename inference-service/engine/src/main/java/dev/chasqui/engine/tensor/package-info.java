/**
 * Numbers in their stored form.
 *
 * <p>In come bytes of a mapped file with their {@link dev.chasqui.engine.tensor.Dtype}; out go
 * float32 values. Everything here is unchangeable and may be read by any thread.
 */
@NullMarked
package dev.chasqui.engine.tensor;

import org.jspecify.annotations.NullMarked;
