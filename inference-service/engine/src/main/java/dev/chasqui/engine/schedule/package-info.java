/**
 * Decides which tokens of which sequences the next step computes.
 *
 * <p>In come sequences: token ids with an order of urgency. Out go step plans: chunks of them that
 * have their KV blocks, with guesses of the tokens behind them where a small batch leaves room. It
 * knows nothing of models. Everything belongs to the engine's thread.
 */
@NullMarked
package dev.chasqui.engine.schedule;

import org.jspecify.annotations.NullMarked;
