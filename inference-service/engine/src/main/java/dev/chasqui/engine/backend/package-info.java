/**
 * How a transformer is computed.
 *
 * <p>In come a {@link dev.chasqui.engine.backend.Program} (the transformer as a list of ops), its
 * weights, and then one {@link dev.chasqui.engine.backend.Step} after the other; out go {@link
 * dev.chasqui.engine.backend.Logits}. A {@link dev.chasqui.engine.backend.Session} holds
 * activations and KV memory and belongs to one thread; how many threads compute a step is the
 * backend's business. Java backends implement {@link dev.chasqui.engine.backend.Kernels} and share
 * one interpreter of the ops; a native backend may take the whole program.
 */
@NullMarked
package dev.chasqui.engine.backend;

import org.jspecify.annotations.NullMarked;
