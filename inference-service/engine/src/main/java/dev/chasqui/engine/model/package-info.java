/**
 * The Llama transformer.
 *
 * <p>In come a checkpoint's configuration and tensors, then steps of token ids; out go logits. The
 * transformer is written once, as a program of ops, in {@link
 * dev.chasqui.engine.model.LlamaProgram}. A {@link dev.chasqui.engine.model.Transformer} belongs to
 * one thread at a time: that of the engine loop.
 */
@NullMarked
package dev.chasqui.engine.model;

import org.jspecify.annotations.NullMarked;
