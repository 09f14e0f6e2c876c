/**
 * Runs a loaded model: requests come in from any thread, events go out on the engine's thread.
 *
 * <p>Prompts are rendered and tokenized on a thread of their own; then everything belongs to the
 * one thread of the engine loop, which plans a step, runs one forward call for all sequences of the
 * step, samples and emits. Where a batch is small, the step verifies tokens that were guessed
 * ahead: by looking back, or by a draft model that runs on the same thread.
 */
@NullMarked
package dev.chasqui.engine.runtime;

import org.jspecify.annotations.NullMarked;
