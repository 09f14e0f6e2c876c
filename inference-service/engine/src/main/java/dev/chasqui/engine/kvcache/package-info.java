/**
 * Keeps account of the KV cache's blocks: who holds which, and what they contain.
 *
 * <p>In come the tokens of sequences; out go block tables, which share the blocks of common
 * prefixes. The keys and values themselves are the backend's; this package knows block numbers
 * only. Everything belongs to the engine's thread.
 */
@NullMarked
package dev.chasqui.engine.kvcache;

import org.jspecify.annotations.NullMarked;
