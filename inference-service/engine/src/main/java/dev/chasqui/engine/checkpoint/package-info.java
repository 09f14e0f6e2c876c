/**
 * Weight files of the Llama family.
 *
 * <p>In comes a path; out goes a {@link dev.chasqui.engine.checkpoint.Checkpoint}: configuration,
 * memory-mapped tensors under canonical names, the raw definition of the tokenizer and the chat
 * template. Files are untrusted: whatever is wrong with one ends in a {@code CheckpointException}
 * that names file, offset, what was found and what was expected. A checkpoint may be read by any
 * thread; who opened it closes it, after everything that computes on its tensors.
 */
@NullMarked
package dev.chasqui.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
